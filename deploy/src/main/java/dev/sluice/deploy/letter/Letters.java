package dev.sluice.deploy.letter;

import dev.sluice.audit.ledger.LedgerView;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLedger;
import dev.sluice.sinks.query.GovernedTables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Finds dead letters of a home and what became of them. Reads lake and ledger; needs no key. */
public final class Letters {

    private final List<Letter> all;

    private Letters(List<Letter> all) {
        this.all = all;
    }

    /**
     * Chooses letters.
     *
     * @param ids the letters of these ids; all when empty
     * @param dataset only letters of that topic; of all when empty
     * @param code only letters of that code; of all when empty
     */
    public record Choice(Collection<String> ids, String dataset, String code) {
        public Choice {
            ids = List.copyOf(ids);
        }

        /**
         * This choice for an act, which must not reach all letters by mistake.
         *
         * @throws dev.sluice.deploy.DeployException {@code DEP-460} when nothing narrows the choice
         */
        public Choice narrowed() {
            if (ids.isEmpty() && dataset.isEmpty() && code.isEmpty()) {
                throw LetterErrors.notChosen();
            }
            return this;
        }

        private boolean matches(Letter letter) {
            return (dataset.isEmpty() || letter.dataset().equals(dataset))
                    && (code.isEmpty() || letter.code().equals(code));
        }
    }

    /** The letters of a home, beside a running gateway or without one. */
    static Letters of(Home home) {
        return of(home, new GovernedTables(home.lake().toString(), new Configuration()));
    }

    /** The letters of a home whose lake is open. */
    public static Letters of(Home home, GovernedTables tables) {
        HomeLedger ledger = new HomeLedger(home);
        return new Letters(judged(tables, ledger.exists() ? LetterActs.of(ledger.read()) : new LetterActs()));
    }

    /** The letters as that ledger judges them; the acts are brought up to date. */
    static Letters of(GovernedTables tables, LedgerView ledger, LetterActs acts) {
        return new Letters(judged(tables, acts.follow(ledger)));
    }

    private static List<Letter> judged(GovernedTables tables, LetterActs acts) {
        return tables.deadLetters().stream().map(acts::of).toList();
    }

    /** All letters, oldest first. */
    public List<Letter> all() {
        return all;
    }

    /**
     * The chosen letters, oldest first. An id may leave out the id of the topic where that is not ambiguous.
     *
     * @throws dev.sluice.deploy.DeployException {@code DEP-453} when an id is not a letter of the home
     */
    public List<Letter> chosen(Choice choice) {
        if (choice.ids().isEmpty()) {
            return all.stream().filter(choice::matches).toList();
        }
        Map<String, Letter> known = new HashMap<>();
        all.forEach(letter -> known.put(letter.id(), letter));
        List<Letter> chosen = new ArrayList<>();
        for (String id : choice.ids()) {
            Letter letter = known.containsKey(id) ? known.get(id) : only(id);
            if (choice.matches(letter) && !chosen.contains(letter)) {
                chosen.add(letter);
            }
        }
        return List.copyOf(chosen);
    }

    /** The one letter at that place, which is named without the id of the topic. */
    private Letter only(String place) {
        List<Letter> there = all.stream()
                .filter(letter -> letter.id().startsWith(place + "@"))
                .toList();
        if (there.size() > 1) {
            throw LetterErrors.several(place, there.size());
        }
        return there.stream().findFirst().orElseThrow(() -> LetterErrors.unknown(place));
    }
}
