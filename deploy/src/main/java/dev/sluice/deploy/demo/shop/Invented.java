package dev.sluice.deploy.demo.shop;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Values of invented people and things; the same seed and markers give the same values. One thread only. */
final class Invented {

    private static final List<String> NAMES =
            List.of("Ana", "Björn", "Chloé", "Dmitri", "Élodie", "Farid", "Grace", "Ivo", "Jun", "Koffi", "Łucja");
    private static final List<String> CITIES = List.of("Lyon", "Porto", "Graz", "Gdańsk", "Turku", "Málaga", "Bergen");
    private static final List<String> COUNTRIES = List.of("FR", "PT", "AT", "PL", "FI", "ES", "NO");
    private static final List<String> STREETS = List.of("Rue", "Rua", "Gasse", "Ulica", "Katu", "Calle", "Gate");
    private static final List<String> COMPLAINTS = List.of(
            "Parcel never came, please call %s at home.",
            "My neighbour %s took the parcel; I am ill and could not open.",
            "Wrong size. \"Refund\" to the account of %s, thanks\n– second line 😀",
            "%s: invoice shows the old address");
    private static final LocalDateTime START = LocalDateTime.of(2026, 1, 5, 8, 0);

    private final Random random;
    private final Canary canary;
    private long tick;

    Invented(long seed, Canary canary) {
        this.random = new Random(seed);
        this.canary = canary;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    String name() {
        return one(NAMES) + " " + canary.marker();
    }

    String email() {
        return canary.marker() + "@example.org";
    }

    String phone() {
        return canary.phone();
    }

    String card() {
        return canary.card();
    }

    String street() {
        return one(STREETS) + " " + canary.marker() + " " + (1 + below(200));
    }

    String city() {
        return one(CITIES);
    }

    String country() {
        return one(COUNTRIES);
    }

    String postcode() {
        return Integer.toString(10_000 + below(89_999));
    }

    String complaint() {
        return one(COMPLAINTS).replace("%s", canary.marker());
    }

    String nickname() {
        return "the " + canary.marker();
    }

    String cart() {
        return "{\"wish\":\"" + canary.marker() + "\",\"n\":" + below(9) + "}";
    }

    String prefs() {
        return "{\"theme\":\"" + (below(2) == 0 ? "dark" : "light") + "\",\"alias\":\"" + canary.marker()
                + "\",\"mail\":{\"news\":" + (below(2) == 0) + "}}";
    }

    LocalDate birthDate() {
        return LocalDate.of(1940, 1, 1).plusDays(below(24_000));
    }

    LocalDate expiry() {
        return LocalDate.of(2027 + below(5), 1 + below(12), 1);
    }

    BigDecimal money(int below) {
        return BigDecimal.valueOf(below(below * 100), 2);
    }

    /** A time that grows by some seconds and microseconds from call to call. */
    LocalDateTime time() {
        tick++;
        return START.plusSeconds(tick * 37).plusNanos((tick * 7919 % 1_000_000) * 1000);
    }

    OffsetDateTime instant() {
        return time().atOffset(ZoneOffset.UTC);
    }

    UUID uuid() {
        // Version 4, variant 1, from the seed instead of from the machine.
        long high = (random.nextLong() & ~0xf000L) | 0x4000L;
        long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return new UUID(high, low);
    }
}
