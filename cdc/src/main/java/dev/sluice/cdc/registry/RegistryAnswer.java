package dev.sluice.cdc.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/**
 * Holds an answer that looks like one of a registry: a JSON object with a status below 500.
 *
 * @param asked address that was asked
 * @param status HTTP status
 * @param json body
 */
record RegistryAnswer(URI asked, int status, JsonNode json) {

    /** Whether this is the error of that number from the registry, and not a bare 404 from another server. */
    boolean says(int errorCode) {
        return status == errorCode / 100 && json.path("error_code").asInt(0) == errorCode;
    }

    /** This answer when it is a success; anything else is a failure of the call. */
    RegistryAnswer orRefused() {
        if (status == 200) {
            return this;
        }
        if (status == 401 || status == 403) {
            throw RegistryErrors.denied(asked, status);
        }
        int errorCode = json.path("error_code").asInt(0);
        if (status == 404 && errorCode == 0) {
            throw RegistryErrors.notARegistry(asked, "its status is 404 without an error code");
        }
        throw RegistryErrors.refused(asked, status, errorCode);
    }
}
