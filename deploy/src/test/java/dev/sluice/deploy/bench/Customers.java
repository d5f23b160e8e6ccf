package dev.sluice.deploy.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Rows of the sample's table of customers: a pure function of key, revision and time of the last change. */
final class Customers {

    private static final List<String> NAMES =
            List.of("Ana", "Björn", "Chloé", "Dmitri", "Élodie", "Farid", "Grace", "Ivo", "Jun", "Koffi", "Łucja");
    private static final List<String> CITIES = List.of("Lyon", "Porto", "Graz", "Gdańsk", "Turku", "Málaga", "Bergen");
    private static final List<String> COUNTRIES = List.of("FR", "PT", "AT", "PL", "FI", "ES", "NO");
    private static final List<String> STREETS = List.of("Rue", "Rua", "Gasse", "Ulica", "Katu", "Calle", "Gate");
    private static final List<String> TIERS = List.of("basic", "silver", "gold");
    private static final Instant FIRST_SIGN_UP = Instant.parse("2020-01-01T00:00:00Z");

    private final Schema schema;
    private final long seed;

    /**
     * A row at one time.
     *
     * @param revision counts the changes of the key
     * @param updatedAt microseconds of its last change
     */
    record State(int revision, long updatedAt) {}

    Customers(Schema schema, long seed) {
        this.schema = schema;
        this.seed = seed;
    }

    /** The row of that key in that state. An insert or update changes the address, the phone and the time. */
    GenericData.Record row(long id, State state) {
        int person = mix(seed ^ id * 0x9E3779B97F4A7C15L);
        int now = mix(seed + id * 31 + state.revision() * 0x2545F491L);
        int place = now % CITIES.size();
        GenericData.Record row = new GenericData.Record(schema);
        row.put("id", id);
        row.put("full_name", NAMES.get(person % NAMES.size()) + " Example" + person % 100_000);
        row.put("email", "customer" + id + "." + person % 1000 + "@example.org");
        row.put("phone", "+49 151 " + (10_000_000 + now % 89_999_999));
        row.put("birth_date", -10_000 + person % 22_000);
        row.put("street", STREETS.get(place) + " " + now % 900 + " " + (1 + now % 200));
        row.put("city", CITIES.get(place));
        row.put("postcode", Integer.toString(10_000 + now % 89_999));
        row.put("country", COUNTRIES.get(place));
        row.put("prefs", "{\"theme\":\"" + (now % 2 == 0 ? "dark" : "light") + "\",\"mail\":{\"news\":true}}");
        row.put(
                "created_at",
                FIRST_SIGN_UP.plus(person % 100_000_000, ChronoUnit.SECONDS).toString());
        row.put("updated_at", state.updatedAt());
        row.put("loyalty_tier", now % 4 == 0 ? null : TIERS.get(now % 3));
        return row;
    }

    private static int mix(long bits) {
        long mixed = bits;
        mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return (int) (mixed >>> 34);
    }
}
