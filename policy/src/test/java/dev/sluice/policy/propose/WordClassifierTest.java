package dev.sluice.policy.propose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.capture.survey.SurveyedColumn;
import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.DataType.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordClassifierTest {

    private static final Map<String, DataType> TYPES = Map.of(
            "text", DataType.of(TypeKind.TEXT),
            "number", DataType.of(TypeKind.INT64),
            "date", DataType.of(TypeKind.DATE),
            "time", DataType.of(TypeKind.INSTANT),
            "boolean", DataType.of(TypeKind.BOOLEAN),
            "enum", DataType.enumeration(List.of()),
            "uuid", DataType.of(TypeKind.UUID),
            "bytes", DataType.of(TypeKind.BYTES),
            "json", DataType.of(TypeKind.JSON),
            "list", DataType.array(DataType.of(TypeKind.TEXT)));

    private final WordClassifier classifier = WordClassifier.standard();

    @Test
    void everyNameOfTheTableGetsItsTag() {
        List<String> wrong = new ArrayList<>();
        List<String> cases = WordClassifierCases.lines();
        for (String line : cases) {
            String[] cells = line.split(",", -1);
            String got = classify(cells[0], cells[1], cells[2], "").tag().orElse("-");
            if (!got.equals(cells[3])) {
                wrong.add(line + " but got " + got);
            }
        }

        assertThat(cases).hasSizeGreaterThan(120);
        assertThat(wrong).isEmpty();
    }

    @Test
    void textIsNeverReadable() {
        for (WordEntry entry : entries()) {
            if (entry.readable()) {
                assertThat(entry.types())
                        .as(entry.words())
                        .doesNotContain(
                                TypeKind.TEXT, TypeKind.JSON, TypeKind.BYTES, TypeKind.ARRAY, TypeKind.INTERVAL);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'e-mail address of the buyer', user.contact.email",
        "'Telefon', user.contact.phone_number",
        "'date of the e-mail', -",
        "'see the wiki', -",
    })
    void aCommentHidesWhenTheNameSaysNothing(String comment, String expected) {
        assertThat(classify("c17", "text", "customers", comment).tag().orElse("-"))
                .isEqualTo(expected);
    }

    @Test
    void aCommentAboutAPersonKeepsAColumnFromBeingReadable() {
        assertThat(classify("amount", "number", "orders", "").tag()).contains("system.operations");
        assertThat(classify("amount", "number", "orders", "salary of the clerk").tag())
                .contains("user.financial.income");
    }

    @Test
    void reasonsNameTheEvidence() {
        assertThat(classify("mail_addr", "text", "customers", "").reason())
                .isEqualTo("e-mail address, by column name and type text");
        assertThat(classify("phone", "number", "customers", "").reason())
                .isEqualTo("the column name looks like telephone number, but the type number does not");
        assertThat(classify("c17", "text", "customers", "").reason()).isEqualTo("the name is not in the word list");
    }

    @Test
    void anUnknownTypeStaysUnclassified() {
        SurveyedColumn column = new SurveyedColumn("email", "geometry", null, true, "");

        assertThat(classifier
                        .classify(new ColumnFacts(column, "customers", false, true, true))
                        .tag())
                .isEmpty();
    }

    private TagProposal classify(String name, String type, String table, String comment) {
        SurveyedColumn column = new SurveyedColumn(name, type, TYPES.get(type), true, comment);
        String bare = table.replace(".key", "");
        return classifier.classify(
                new ColumnFacts(column, bare, !bare.equals(table), bare.equals("customers"), !bare.equals("products")));
    }

    private static List<WordEntry> entries() {
        return WordList.lines("words.csv").stream().map(WordEntry::parse).toList();
    }
}
