package dev.sluice.policy.propose;

import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.survey.ForeignKey;
import dev.sluice.cdc.capture.survey.SurveyedColumn;
import dev.sluice.cdc.capture.survey.SurveyedTable;
import dev.sluice.cdc.capture.survey.TableStructure;
import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.DataType.TypeKind;
import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.RowSchema;
import java.util.ArrayList;
import java.util.List;

/** Writes down a surveyed table for a test. */
final class TableDraft {

    private final TableName name;
    private final List<SurveyedColumn> columns = new ArrayList<>();
    private final List<String> key = new ArrayList<>();
    private final List<ForeignKey> foreignKeys = new ArrayList<>();
    private TableName whole;
    private String comment = "";

    private TableDraft(String table) {
        this.name = new TableName("public", table);
    }

    static TableDraft of(String table) {
        return new TableDraft(table);
    }

    TableDraft key(String column, TypeKind kind) {
        key.add(column);
        return column(column, DataType.of(kind), false);
    }

    TableDraft must(String column, TypeKind kind) {
        return column(column, DataType.of(kind), false);
    }

    TableDraft may(String column, TypeKind kind) {
        return column(column, kind == TypeKind.ENUM ? DataType.enumeration(List.of()) : DataType.of(kind), true);
    }

    TableDraft column(String column, DataType type, boolean nullable) {
        columns.add(new SurveyedColumn(column, type.describe(), type, nullable, ""));
        return this;
    }

    TableDraft link(String column, String table, String target) {
        return link(List.of(column), table, List.of(target));
    }

    TableDraft link(List<String> from, String table, List<String> to) {
        foreignKeys.add(new ForeignKey(from, new TableName("public", table), to));
        return this;
    }

    TableDraft partOf(String table) {
        whole = new TableName("public", table);
        return this;
    }

    TableDraft comment(String text) {
        comment = text;
        return this;
    }

    SurveyedTable table() {
        return new SurveyedTable(
                name, new TableStructure(key, "d", whole, -1, comment), columns, foreignKeys, List.of());
    }

    /** The rows of the table as the line sees them; columns of an unknown type are left out. */
    static RowSchema schema(SurveyedTable table) {
        List<Field> fields = new ArrayList<>();
        for (SurveyedColumn column : table.columns()) {
            column.type()
                    .ifPresent(type ->
                            fields.add(new Field(column.name(), type, column.nullable(), table.isKey(column.name()))));
        }
        return RowSchema.of(fields);
    }
}
