package dev.sluice.deploy.lifecycle;

import java.util.Locale;

/** Tells how far long work has come: the count, the rate since the start, and the time left when a total is known. */
public final class Estimate {

    private final String unit;
    private final long first;
    private final long start = System.nanoTime();

    /**
     * Work that begins now.
     *
     * @param unit what is counted, for example {@code rows}
     * @param first the count at the beginning
     */
    public Estimate(String unit, long first) {
        this.unit = unit;
        this.first = first;
    }

    /** A sentence about work without a known total. */
    public String text(long done) {
        return String.format(Locale.ROOT, "%,d %s so far, %,d/s.", done, unit, Math.round(rate(done)));
    }

    /** A sentence about work with a known total; the total may be an estimate. */
    public String text(long done, long total) {
        if (total <= done) {
            return text(done);
        }
        double rate = rate(done);
        String left =
                rate <= 0 ? "" : String.format(Locale.ROOT, ", about %,d s left", Math.round((total - done) / rate));
        return String.format(Locale.ROOT, "%,d of %,d %s, %,d/s%s.", done, total, unit, Math.round(rate), left);
    }

    private double rate(long done) {
        double seconds = Math.max(0.001, (System.nanoTime() - start) / 1e9);
        return Math.max(0, done - first) / seconds;
    }
}
