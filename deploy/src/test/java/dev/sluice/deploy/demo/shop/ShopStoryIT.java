package dev.sluice.deploy.demo.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.deploy.embedded.EmbeddedRuntime;
import dev.sluice.deploy.embedded.Part;
import dev.sluice.deploy.embedded.PostgresAccess;
import dev.sluice.deploy.home.Home;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One database for all tests, told once: the tests read what is there after the story, in the given order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ShopStoryIT {

    private static final List<String> PUBLISHED =
            List.of("customers", "orders", "order_items", "support_notes", "payment_cards", "scratch_carts");

    @TempDir
    static Path temp;

    private static EmbeddedRuntime runtime;
    private static PostgresAccess access;
    private static Played prepared;
    private static Played played = Played.NOTHING;

    @BeforeAll
    static void tellTheStory() throws SQLException {
        runtime = EmbeddedRuntime.start(Home.open(temp), EnumSet.of(Part.POSTGRES));
        access = runtime.postgres();
        try (Connection owner = access.connect(access.owner())) {
            ShopStory story = new ShopStory(owner, 42);
            prepared = story.prepare();
            for (Chapter chapter : Chapter.values()) {
                played = played.plus(story.play(chapter));
            }
        }
        System.out.println("prepared " + prepared + ", played " + played);
    }

    @AfterAll
    static void stop() {
        runtime.close();
    }

    @Test
    @Order(1)
    void truthCountsWhatPlayReturned() throws SQLException {
        Played all = prepared.plus(played);

        assertThat(number("SELECT count(*) FROM truth.changes WHERE op = 'I'")).isEqualTo(all.inserts());
        assertThat(number("SELECT count(*) FROM truth.changes WHERE op = 'U'")).isEqualTo(all.updates());
        assertThat(number("SELECT count(*) FROM truth.changes WHERE op = 'D'")).isEqualTo(all.deletes());
        assertThat(number("SELECT count(*) FROM truth.changes WHERE op = 'T'")).isEqualTo(all.truncates());
        assertThat(number("SELECT count(DISTINCT tx) FROM truth.changes")).isEqualTo(all.transactions());
        assertThat(number(
                        "SELECT count(*) FROM truth.changes WHERE op = 'U' AND table_name IN ('orders', 'order_items')"
                                + " AND truth.key_of(old_row, CASE table_name WHEN 'orders' THEN '{id}'"
                                + " ELSE '{order_id,line_no}' END::text[]) <> key"))
                .isEqualTo(all.keyChanges());
    }

    @Test
    @Order(1)
    void isAsLongAsPromised() {
        assertThat(prepared.inserts()).isBetween(600L, 800L);
        assertThat(prepared.events() + played.events()).isGreaterThan(2_100);
        assertThat(played.events()).isGreaterThan(1_400);
        assertThat(played.transactions()).isGreaterThan(200);
        assertThat(List.of(played.keyChanges(), played.deletes(), played.truncates()))
                .allSatisfy(n -> assertThat(n).isPositive());
    }

    @Test
    @Order(1)
    void truthReplaysToWhatTheTablesHold() throws SQLException {
        for (String table : PUBLISHED) {
            String live = "SELECT coalesce(md5(string_agg(row::text, '' ORDER BY row::text)), '')"
                    + " FROM (SELECT jsonb_strip_nulls(to_jsonb(t)) AS row FROM " + table + " t) rows";
            String last =
                    """
                    -- Nulls are left out: images from before ADD COLUMN do not name the new columns.
                    WITH cut AS (SELECT coalesce(max(id), 0) AS id FROM truth.changes
                                 WHERE table_name = '%1$s' AND op = 'T'),
                    sides AS (
                      SELECT c.id, 1 AS side, c.key, jsonb_strip_nulls(c.new_row) AS image FROM truth.changes c, cut
                        WHERE c.table_name = '%1$s' AND c.id > cut.id AND c.op <> 'T'
                      UNION ALL
                      SELECT c.id, 0, truth.key_of(c.old_row, '%2$s'), NULL FROM truth.changes c, cut
                        WHERE c.table_name = '%1$s' AND c.id > cut.id AND c.op = 'U'
                          AND truth.key_of(c.old_row, '%2$s') <> c.key),
                    newest AS (SELECT DISTINCT ON (key) image FROM sides ORDER BY key, id DESC, side DESC)
                    SELECT coalesce(md5(string_agg(image::text, '' ORDER BY image::text)), '')
                    FROM newest WHERE image IS NOT NULL"""
                            .formatted(table, keyOf(table));
            assertThat(text(last)).as(table).isEqualTo(text(live));
        }
    }

    @Test
    @Order(1)
    void theSameSeedTellsTheSameStory() throws SQLException {
        String all =
                "SELECT md5(string_agg(table_name || op || coalesce(old_row::text, '') || coalesce(new_row::text, ''),"
                        + " '' ORDER BY id)) FROM truth.changes";
        String first = text(all);
        Home home = Home.open(temp.resolveSibling(temp.getFileName() + "-again"));
        try (EmbeddedRuntime again = EmbeddedRuntime.start(home, EnumSet.of(Part.POSTGRES))) {
            PostgresAccess other = again.postgres();
            try (Connection owner = other.connect(other.owner())) {
                ShopStory story = new ShopStory(owner, 42);
                story.prepare();
                for (Chapter chapter : Chapter.values()) {
                    story.play(chapter);
                }
                assertThat(text(owner, all)).isEqualTo(first);
            }
        }
    }

    @Test
    @Order(1)
    void everyPersonalValueHasAMarkerOfItsOwn() throws SQLException {
        for (String column : List.of("full_name", "email", "street", "prefs::text")) {
            assertThat(number("SELECT count(*) FROM customers WHERE " + column + " !~ 'cnry[0-9a-v]{8}'"))
                    .as(column)
                    .isZero();
            assertThat(number("SELECT count(*) - count(DISTINCT substring(" + column
                            + " from 'cnry[0-9a-v]{8}')) FROM customers"))
                    .as(column)
                    .isZero();
        }
        assertThat(number("SELECT count(*) FROM customers WHERE phone !~ '^\\+990[0-9]{9}$'"))
                .isZero();
        assertThat(number("SELECT count(*) FROM customers WHERE nickname !~ 'cnry[0-9a-v]{8}'"))
                .isZero();
        assertThat(number("SELECT count(nickname) FROM customers")).isPositive();
        assertThat(number("SELECT count(*) FROM payment_cards WHERE pan !~ '^9990[0-9]{12}$'"))
                .isZero();
        assertThat(number("SELECT count(*) FROM support_notes WHERE body !~ 'cnry[0-9a-v]{8}'"))
                .isZero();
    }

    @Test
    @Order(1)
    void captureMayReadTheShopAndNothingElse() throws SQLException {
        try (Connection capture = access.connect(access.capture())) {
            assertThat(text(capture, "SELECT count(*) FROM customers")).isNotEqualTo("0");
            assertThatThrownBy(() -> text(capture, "SELECT count(*) FROM truth.changes"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> text(capture, "DELETE FROM scratch_carts RETURNING id"))
                    .hasMessageContaining("permission denied");
        }
        assertThat(number("SELECT count(*) FROM pg_publication_tables WHERE pubname = 'sluice_shop'"))
                .isEqualTo(6);
    }

    @Test
    @Order(2)
    void livesOnUntilItIsClosed() throws SQLException {
        long before = number("SELECT count(*) FROM truth.changes");
        LiveShop.Pace pace = new LiveShop.Pace(Duration.ofMillis(5), Duration.ofMillis(500));
        LiveShop live = LiveShop.start(() -> access.connect(access.owner()), pace);
        try (live) {
            await().atMost(Duration.ofSeconds(60)).until(() -> live.played().transactions() > 90);
        }
        Played lived = live.played();

        assertThat(number("SELECT count(*) FROM truth.changes") - before).isEqualTo(lived.events());
        assertThat(lived.truncates()).isPositive();
        assertThat(lived.keyChanges()).isPositive();
    }

    private static String keyOf(String table) {
        return switch (table) {
            case "order_items" -> "{order_id,line_no}";
            case "payment_cards" -> "{pan}";
            default -> "{id}";
        };
    }

    private static long number(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    private static String text(String sql) throws SQLException {
        try (Connection owner = access.connect(access.owner())) {
            return text(owner, sql);
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
