package dev.sluice.deploy.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FormatTest {

    private static final Listing TABLES = Listing.of("name", "rows", "note")
            .row("customers", 12, null)
            .row("orders", 7, "=1+1,\"x\"")
            .build();

    @Test
    void alignsTextAndNumbersForPeople() {
        assertThat(Format.table.render(TABLES))
                .isEqualTo("NAME       ROWS  NOTE\ncustomers    12  -\norders        7  =1+1,\"x\"\n");
    }

    @Test
    void makesControlCharactersVisible() {
        assertThat(Format.table.render(Listing.of("a").row("x\u001b[31m\ny").build()))
                .isEqualTo("A\nx\uFFFD[31m\uFFFDy\n");
    }

    @Test
    void writesTheSameFieldsInEveryFormat() {
        assertThat(Format.jsonl.render(TABLES).lines())
                .containsExactly(
                        "{\"name\":\"customers\",\"rows\":12,\"note\":null}",
                        "{\"name\":\"orders\",\"rows\":7,\"note\":\"=1+1,\\\"x\\\"\"}");
        assertThat(Format.yaml.render(TABLES)).contains("name: \"customers\"").contains("rows: 7");
        assertThat(Format.json.render(TABLES)).contains("\"rows\" : 12");
    }

    @Test
    void keepsSpreadsheetsFromRunningCells() {
        assertThat(Format.csv.render(TABLES).lines())
                .containsExactly("name,rows,note", "customers,12,", "orders,7,\"'=1+1,\"\"x\"\"\"");
    }

    @Test
    void rendersOneObject() {
        Sheet sheet = Sheet.empty().with("root", "9e1d").with("leaves", List.of(1, 2));

        assertThat(Format.table.render(sheet)).isEqualTo("root    9e1d\nleaves  [1, 2]\n");
        assertThat(Format.jsonl.render(sheet)).isEqualTo("{\"root\":\"9e1d\",\"leaves\":[1,2]}\n");
        assertThat(Format.csv.render(sheet)).isEqualTo("root,leaves\r\n9e1d,\"[1,2]\"\r\n");
    }
}
