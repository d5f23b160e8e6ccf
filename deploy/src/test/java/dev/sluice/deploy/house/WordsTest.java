package dev.sluice.deploy.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the texts of the product to the rules of {@code deploy/docs/words.md} that a pattern can see. */
class WordsTest {

    private static final Pattern LOG_TEXT = Pattern.compile("\\.log\\(\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*([),+])");
    private static final Pattern SENTENCE = Pattern.compile("[A-Z](?:.*[^.])?\\.");
    private static final Pattern BEGINNING = Pattern.compile("[A-Z].*");
    private static final Pattern PLURAL_IN_BRACKETS = Pattern.compile("\"[^\"\\n]*\\w\\(e?s\\)[^\"\\n]*\"");

    /** The comment of the public type that a file is named after. */
    private static final Pattern TYPE_COMMENT = Pattern.compile(
            "(?sm)^/\\*\\*((?:(?!\\*/).)*)\\*/\\n(?:(?:@| |\\))[^\\n]*\\n)*public [^\\n]*\\b(?:class|interface|enum|record)\\b");

    private static final Pattern VERB_FIRST = Pattern.compile("(?s)[\\s*]*(?:[A-Z][a-z]+s|Whether)\\b.*");

    @Test
    void theCommentOfAPublicTypeBeginsWithAVerb() throws IOException {
        List<String> nouns = new ArrayList<>();
        int types = 0;
        for (Path file : Sources.mainJava()) {
            Matcher comment = TYPE_COMMENT.matcher(Files.readString(file));
            if (comment.find()) {
                types++;
                if (!VERB_FIRST.matcher(comment.group(1)).matches()) {
                    nouns.add(file.getFileName().toString());
                }
            }
        }

        assertThat(types).isGreaterThan(300);
        assertThat(nouns).isEmpty();
    }

    @Test
    void logTextsAreSentences() throws IOException {
        List<String> fragments = new ArrayList<>();
        int texts = 0;
        for (Path file : Sources.mainJava()) {
            for (MatchResult found :
                    LOG_TEXT.matcher(Files.readString(file)).results().toList()) {
                texts++;
                Pattern form = found.group(2).equals("+") ? BEGINNING : SENTENCE;
                if (!form.matcher(found.group(1)).matches()) {
                    fragments.add(file.getFileName() + ": " + found.group(1));
                }
            }
        }

        assertThat(texts).isGreaterThan(30);
        assertThat(fragments).isEmpty();
    }

    @Test
    void aNumberStandsWithItsNounAndNotWithAPluralInBrackets() throws IOException {
        List<String> bracketed = new ArrayList<>();
        for (Path file : Sources.mainJava()) {
            PLURAL_IN_BRACKETS
                    .matcher(Files.readString(file))
                    .results()
                    .forEach(found -> bracketed.add(file.getFileName() + ": " + found.group()));
        }

        assertThat(bracketed).as("texts to write with Counted").isEmpty();
    }
}
