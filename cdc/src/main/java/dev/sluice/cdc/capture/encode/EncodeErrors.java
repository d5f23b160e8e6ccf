package dev.sluice.cdc.capture.encode;

import dev.sluice.cdc.CaptureException;
import org.jspecify.annotations.Nullable;

/** The failures of encoding, {@code CDC-034} and {@code CDC-035}. */
final class EncodeErrors {

    private EncodeErrors() {}

    static CaptureException unencodable(String topic, String path, String why, @Nullable Throwable cause) {
        return new CaptureException(
                        "CDC-034",
                        "A change for topic " + topic + " cannot be written as Avro at " + path + ": " + why
                                + ". The table is held, because the change would be lost otherwise. Correct the value,"
                                + " then take a new snapshot.",
                        false,
                        cause)
                .ofDataset(topic);
    }

    static CaptureException noSchema(String topic, @Nullable Throwable cause) {
        return new CaptureException(
                        "CDC-035",
                        "The schema of topic " + topic
                                + " cannot be written as an Avro schema. The table is held, because its"
                                + " changes would be lost otherwise. Report the failure with the log of the gateway.",
                        false,
                        cause)
                .ofDataset(topic);
    }
}
