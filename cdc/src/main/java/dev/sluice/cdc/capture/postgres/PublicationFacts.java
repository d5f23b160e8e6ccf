package dev.sluice.cdc.capture.postgres;

import java.util.Map;

/**
 * Describes a publication as the server shows it.
 *
 * @param id object id; another one means that it was dropped and created again
 * @param revision a text that changes whenever its settings are changed, also when they are changed back
 * @param allTables whether it is FOR ALL TABLES
 * @param complete whether it publishes inserts, updates, deletes and truncates, each under its own table
 * @param members its tables
 */
public record PublicationFacts(
        long id, String revision, boolean allTables, boolean complete, Map<TableName, Member> members) {

    public PublicationFacts {
        members = Map.copyOf(members);
    }

    /**
     * Describes a table in the publication.
     *
     * @param id object id of the membership; another one means that the table left and came back
     * @param whole whether all rows and all columns are published
     */
    public record Member(long id, boolean whole) {}

    /** Whether changes of that table are published at all. */
    public boolean covers(TableName table) {
        return allTables || members.containsKey(table);
    }

    /** Whether all changes of that table, with all columns, are published. */
    public boolean coversWhole(TableName table) {
        Member member = members.get(table);
        return member == null ? allTables : member.whole();
    }
}
