package dev.sluice.masking.key;

import dev.sluice.cdc.event.CrashPoint;
import dev.sluice.masking.control.ControlDatabase;
import dev.sluice.masking.control.GatewayState;
import dev.sluice.masking.crypto.AesGcm;
import dev.sluice.masking.crypto.Framing;
import dev.sluice.masking.crypto.HmacSha256;
import dev.sluice.masking.crypto.SecretBytes;
import dev.sluice.masking.error.ProtectionErrors;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import org.jdbi.v3.core.Handle;

/**
 * Makes, finds and destroys the key of each person: 256 random bits, stored in the control database under the
 * key-encryption key. Once the key is destroyed, every value that was sealed under the key is unreadable. The row of
 * the person stays as a permanent marker of the erasure, and no new key is made for that person. Dead letters have a
 * key of their own and stay readable.
 *
 * <p>Safe for use by many threads and several processes: all agree on one key for each person, and the next
 * {@link #resolve} of every process sees an erasure by another process. A method that reads or writes the control
 * database throws a {@link dev.sluice.masking.error.ProtectionException} {@code MSK-006} when the database fails.
 */
public final class SubjectKeys {

    private static final int KEY_BYTES = 32;

    private final ControlDatabase database;
    private final Pseudonyms pseudonyms;
    private final SecretKey kek;
    private final SecretBytes quarantine;
    private final KeyCache cache;
    private final Clock clock;

    private SubjectKeys(ControlDatabase database, KeyFile keys, int cached, Clock clock) {
        this.database = database;
        this.pseudonyms = new Pseudonyms(keys);
        this.kek = keys.key(KeyName.KEK).key(AesGcm.ALGORITHM);
        this.quarantine = keys.key(KeyName.QUARANTINE);
        this.cache = new KeyCache(cached);
        this.clock = clock;
    }

    /**
     * Opens the keys of the people in that control database.
     *
     * @param cached most people kept in memory with their keys
     * @throws dev.sluice.masking.error.ProtectionException {@code MSK-007} when the database was written with another
     *     key store
     */
    public static SubjectKeys open(ControlDatabase database, KeyFile keys, int cached, Clock clock) {
        GatewayState state = new GatewayState(database);
        for (KeyName name : KeyName.values()) {
            String check = checkValue(keys, name);
            if (!state.putIfAbsent("key.check." + name.alias(), check).equals(check)) {
                throw ProtectionErrors.foreignKeys(name.alias());
            }
        }
        return new SubjectKeys(database, keys, cached, clock);
    }

    /**
     * Describes an erasure as the marker of the person stores it.
     *
     * @param pseudonym the erased person
     * @param kind kind of person
     * @param barrier the time of an erasure that the caller asks for; the source position of the key change when an
     *     erased person got a new key
     */
    public record Erasure(String pseudonym, String kind, String barrier) {}

    /**
     * Says that a row whose key names a person got a new key.
     *
     * @param from the person by the old key
     * @param to the same person by the new key
     * @param position position of the key change in the log of the source, in sortable form
     */
    public record KeyChange(SubjectRef from, SubjectRef to, String position) {}

    /** The pseudonym of a person, from the canonical texts of the naming values: 32 hex digits. */
    public String pseudonym(String kind, List<String> keyValues) {
        return pseudonyms.of(new SubjectRef(kind, keyValues));
    }

    /**
     * The state of each of these people. A person who is not known yet gets a key, durable before this returns; all
     * missing keys are made in one transaction.
     *
     * @throws dev.sluice.masking.error.ProtectionException {@code MSK-006} when the database fails, {@code MSK-010}
     *     when a stored key is damaged
     */
    public Map<SubjectRef, SubjectState> resolve(Set<SubjectRef> people) {
        Map<SubjectRef, String> names = new HashMap<>();
        Map<String, String> kinds = new HashMap<>();
        for (SubjectRef person : people) {
            String name = pseudonyms.of(person);
            names.put(person, name);
            kinds.put(name, person.kind());
        }
        Map<String, SubjectState> states = states(kinds);
        Map<SubjectRef, SubjectState> resolved = new HashMap<>();
        names.forEach((person, name) -> resolved.put(person, states.get(name)));
        return Map.copyOf(resolved);
    }

    /** The state of the person with that pseudonym; empty when no row of the person is stored. Makes no key. */
    public Optional<SubjectState> find(String pseudonym) {
        return database.read(
                        "read a subject key",
                        handle -> Optional.ofNullable(
                                SubjectTable.find(handle, Set.of(pseudonym)).get(pseudonym)))
                .map(this::stateOf);
    }

    /**
     * Destroys the person's key and leaves the permanent marker, also for a person who was never seen. Durable on
     * return, and overwritten in the database files.
     *
     * @param erasure the person, and the barrier that the marker stores
     * @return true when this call erased the person, false when the person was erased before
     */
    public boolean erase(Erasure erasure) {
        boolean done = database.write(
                "erase a person",
                handle -> SubjectTable.erase(handle, erasure, clock.instant().toString()));
        forgetErased();
        return done;
    }

    /**
     * Stores that key changes gave people new pseudonyms. A person who was erased under the old pseudonym is erased
     * under the new pseudonym too, in the same transaction. A key change that is stored already erases no person, so
     * that a record that is read again does not erase another person who has the key by now.
     */
    public void follow(List<KeyChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        boolean erased = database.write("follow key changes", handle -> {
            boolean any = false;
            for (KeyChange change : changes) {
                any |= follow(handle, change);
            }
            return any;
        });
        if (erased) {
            forgetErased();
        }
    }

    /** That pseudonym and all others that key changes link to it, whether earlier or later names of the person. */
    public Set<String> linked(String pseudonym) {
        return database.read("read linked pseudonyms", handle -> new SubjectLinks(handle).linked(pseudonym));
    }

    private boolean follow(Handle handle, KeyChange change) {
        String from = pseudonyms.of(change.from());
        String to = pseudonyms.of(change.to());
        return !from.equals(to)
                && new SubjectLinks(handle).note(from, to, change.position())
                && SubjectTable.isErased(handle, from)
                && SubjectTable.erase(
                        handle,
                        new Erasure(to, change.to().kind(), change.position()),
                        clock.instant().toString());
    }

    private void forgetErased() {
        cache.moveTo(database.read("read the erasure epoch", SubjectTable::epoch));
        database.scrub();
    }

    private Map<String, SubjectState> states(Map<String, String> kinds) {
        if (kinds.isEmpty()) {
            return Map.of();
        }
        // The epoch is read first: what is read after it and cached under it can only be newer.
        long epoch = database.read("read the erasure epoch", SubjectTable::epoch);
        Map<String, SubjectState> states = cache.find(epoch, kinds.keySet());
        Set<String> missing = new HashSet<>(kinds.keySet());
        missing.removeAll(states.keySet());
        if (!missing.isEmpty()) {
            Map<String, SubjectState> read = new HashMap<>();
            stored(missing, kinds).forEach((name, row) -> read.put(name, stateOf(row)));
            cache.put(epoch, read);
            states.putAll(read);
        }
        return states;
    }

    private Map<String, SubjectTable.Stored> stored(Set<String> names, Map<String, String> kinds) {
        Map<String, SubjectTable.Stored> known =
                database.read("read subject keys", handle -> SubjectTable.find(handle, names));
        if (known.size() == names.size()) {
            return known;
        }
        List<SubjectTable.Fresh> fresh = new ArrayList<>();
        for (String name : names) {
            if (!known.containsKey(name)) {
                fresh.add(new SubjectTable.Fresh(name, kinds.getOrDefault(name, ""), wrapNewKey(name)));
            }
        }
        CrashPoint.reached("CP10");
        // Another thread or process may have been faster: the keys in the table count, not those made here.
        return database.write("make subject keys", handle -> {
            SubjectTable.insertMissing(handle, fresh, clock.instant().toString());
            return SubjectTable.find(handle, names);
        });
    }

    private SubjectState stateOf(SubjectTable.Stored row) {
        byte[] wrapped = row.wrapped();
        if (wrapped == null) {
            return SubjectState.erased(row.pseudonym());
        }
        SecretBytes dataKey = unwrap(row.pseudonym(), wrapped);
        try {
            return SubjectState.active(row.pseudonym(), PersonKey.of(row.pseudonym(), dataKey, quarantine));
        } finally {
            dataKey.wipe();
        }
    }

    /** Nonce (12 random bytes), ciphertext, tag; the associated data binds the key to its person. */
    private byte[] wrapNewKey(String pseudonym) {
        byte[] nonce = SecretBytes.random(AesGcm.NONCE).use(byte[]::clone);
        SecretBytes fresh = SecretBytes.random(KEY_BYTES);
        byte[] sealed = fresh.use(key -> AesGcm.seal(kek, nonce, associated(pseudonym), key));
        fresh.wipe();
        byte[] wrapped = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, wrapped, nonce.length, sealed.length);
        return wrapped;
    }

    private SecretBytes unwrap(String pseudonym, byte[] wrapped) {
        if (wrapped.length != AesGcm.NONCE + KEY_BYTES + AesGcm.TAG) {
            throw ProtectionErrors.damagedSubjectKey(pseudonym);
        }
        byte[] nonce = Arrays.copyOf(wrapped, AesGcm.NONCE);
        byte[] sealed = Arrays.copyOfRange(wrapped, AesGcm.NONCE, wrapped.length);
        return AesGcm.open(kek, nonce, associated(pseudonym), sealed)
                .map(SecretBytes::taking)
                .orElseThrow(() -> ProtectionErrors.damagedSubjectKey(pseudonym));
    }

    private static byte[] associated(String pseudonym) {
        return Framing.of(List.of("sluice/v1/subject-key", KeyName.KEK.alias(), pseudonym));
    }

    /** A code under the key itself: it identifies the key and reveals nothing of it. */
    private static String checkValue(KeyFile keys, KeyName name) {
        SecretKey key = keys.key(name).key(HmacSha256.ALGORITHM);
        byte[] code = HmacSha256.of(key, Framing.utf8("sluice/v1/check/" + name.alias()));
        return HexFormat.of().formatHex(code, 0, 8);
    }
}
