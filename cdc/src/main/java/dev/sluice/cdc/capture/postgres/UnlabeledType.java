package dev.sluice.cdc.capture.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Names a type of the category of enumerations without labels of its own: an enumeration that has none, or a domain
 * over an enumeration. Debezium before 3.7 reads all types of the database when it starts and fails at such a type,
 * also when no captured table uses the type.
 *
 * @param name schema and name, quoted
 * @param domain whether the type is a domain
 */
public record UnlabeledType(String name, boolean domain) {

    /** All such types of the database of the connection, by name. */
    public static List<UnlabeledType> all(Connection connection) throws SQLException {
        String query = "SELECT n.nspname, t.typname, t.typtype = 'd' FROM pg_type t"
                + " JOIN pg_namespace n ON n.oid = t.typnamespace"
                + " WHERE t.typcategory = 'E' AND n.nspname <> 'pg_toast'"
                + " AND NOT EXISTS (SELECT FROM pg_enum e WHERE e.enumtypid = t.oid) ORDER BY 1, 2";
        List<UnlabeledType> types = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                String name = TableName.quote(row.getString(1)) + "." + TableName.quote(row.getString(2));
                types.add(new UnlabeledType(name, row.getBoolean(3)));
            }
        }
        return types;
    }

    /** What is wrong, as a sentence. */
    public String fault() {
        return "The type " + name + " is " + (domain ? "a domain over an enumeration" : "an enumeration without labels")
                + ". The engine reads every type of the database when it starts, and fails at this one.";
    }

    /** The statement that mends the fault, or what has to be done. */
    public String fix() {
        return domain
                ? "Give its columns the enumeration itself (ALTER TABLE ... ALTER COLUMN ... TYPE ...), then"
                        + " DROP DOMAIN " + name
                : "ALTER TYPE " + name + " ADD VALUE 'unused'";
    }
}
