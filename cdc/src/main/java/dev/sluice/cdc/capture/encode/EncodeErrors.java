package dev.sluice.cdc.capture.encode;

import dev.sluice.cdc.CaptureException;
import org.jspecify.annotations.Nullable;

/** The failures of encoding, {@code CDC-034} and {@code CDC-035}. */
final class EncodeErrors {

    private EncodeErrors() {}

    static CaptureException unencodable(String topic, String path, String why) {
        return new CaptureException(
                "CDC-034",
                "A change for topic " + topic + " cannot be written as Avro at " + path + ": " + why
                        + ". Capture stops, because it would lose the change otherwise. Correct the value, or leave the"
                        + " table out.",
                false,
                null);
    }

    static CaptureException noSchema(String topic, @Nullable Throwable cause) {
        return new CaptureException(
                "CDC-035",
                "The schema of topic " + topic + " cannot be written as an Avro schema. Capture stops, because it would"
                        + " lose the changes otherwise. Leave the table out, and report the failure with the log of the"
                        + " gateway.",
                false,
                cause);
    }
}
