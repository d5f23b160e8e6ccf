package dev.sluice.cdc.capture.cut;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.cdc.CaptureException;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Says how far the raw topics hold everything that the source had committed up to one position. Readers that end a
 * batch at a cut divide no transaction. A cut is one record of the topic {@link #topic}: a JSON object with the members
 * of this type.
 *
 * @param version version of this format
 * @param epoch epoch of the capture
 * @param position position of the last commit, in the notation of the source, for example {@code 0/16B3748}
 * @param ends offset after the last record, by topic; topics that did not change since the cut before may be left out
 */
public record Cut(int version, long epoch, String position, SortedMap<String, Long> ends) {

    /** The version that this release writes. */
    public static final int VERSION = 1;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    public Cut {
        ends = new TreeMap<>(ends);
    }

    /** The topic with the cuts of that source. */
    public static String topic(String source) {
        return "__sluice-cuts." + source;
    }

    /** The value of the record. */
    public byte[] bytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A cut is always JSON.", e);
        }
    }

    /**
     * Reads the value of a record.
     *
     * @param where place of the record, for the message
     * @throws CaptureException {@code CDC-059} when the value is no cut of this version
     */
    public static Cut parse(String where, byte[] value) {
        try {
            Cut cut = JSON.readValue(value, Cut.class);
            if (cut.version() == VERSION) {
                return cut;
            }
            throw unreadable(where, "it has version " + cut.version() + " and this release knows " + VERSION, null);
        } catch (IOException e) {
            throw unreadable(where, "it is no JSON object of that kind", e);
        }
    }

    private static CaptureException unreadable(
            String where, String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new CaptureException(
                "CDC-059",
                "The record at " + where + " is not a cut that this release can read: " + why + ". Capture alone writes"
                        + " that topic. Remove what another program wrote there, or run the release that wrote it.",
                false,
                cause);
    }
}
