package dev.sluice.sinks.intake;

import dev.sluice.sinks.history.Event;
import dev.sluice.sinks.history.Image;
import dev.sluice.sinks.history.Version;

/**
 * Writes a version as bytes for the way between Spark tasks of one batch, and reads the bytes back. The bytes are never
 * stored, so their form has no version.
 */
public final class VersionCodec {

    private VersionCodec() {}

    /** The bytes of a version. */
    public static byte[] encode(Version version) {
        Bytes.Out out = new Bytes.Out();
        HistoryEventCodec.write(out, version.opening());
        out.blob(RowCodec.encode(version.image())).number(version.validFrom());
        Version.Closing closing = version.closing();
        if (closing == null) {
            return out.raw(0).done();
        }
        Version.ClosingEvent end = closing.event();
        out.raw(1).number(closing.validTo());
        out.text(end.seq()).number(end.committedAt()).text(end.op().code());
        HistoryEventCodec.write(out, end.provenance());
        return out.done();
    }

    /** The version of these bytes. */
    public static Version decode(byte[] bytes) {
        Bytes.In in = new Bytes.In(bytes);
        Event opening = HistoryEventCodec.read(in);
        Image image = RowCodec.decode(in.blob());
        long validFrom = in.number();
        if (in.raw() == 0) {
            return new Version(opening, image, validFrom, null);
        }
        long validTo = in.number();
        Version.ClosingEvent end = new Version.ClosingEvent(
                in.text(), in.number(), HistoryEventCodec.op(in), HistoryEventCodec.provenance(in));
        return new Version(opening, image, validFrom, new Version.Closing(validTo, end));
    }
}
