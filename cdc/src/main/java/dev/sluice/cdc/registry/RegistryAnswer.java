package dev.sluice.cdc.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/**
 * An answer that looks like one of a registry: a JSON object with a status below 500.
 *
 * @param asked address that was asked
 * @param status HTTP status
 * @param json body
 */
record RegistryAnswer(URI asked, int status, JsonNode json) {

    /** Whether this is the registry's own error of that number, and not some server's bare 404. */
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
            throw RegistryErrors.notARegistry(asked, "status 404 without an error code");
        }
        throw RegistryErrors.refused(asked, status, errorCode);
    }
}
