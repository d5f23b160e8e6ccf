package dev.sluice.cdc.registry;

import dev.sluice.cdc.CaptureException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes the failures of the registry and of its cache, codes {@code CDC-101} to {@code CDC-119}. */
final class RegistryErrors {

    private RegistryErrors() {}

    static CaptureException down(URI asked, String why, @Nullable Throwable cause) {
        return new CaptureException(
                "CDC-101",
                "The schema registry did not answer " + asked + ": " + why
                        + ". Records wait until the registry answers. Check that it runs and"
                        + " that its address is right.",
                true,
                cause);
    }

    static CaptureException notARegistry(URI asked, String why) {
        return notARegistry(asked, why, null);
    }

    static CaptureException notARegistry(URI asked, String why, @Nullable Throwable cause) {
        return new CaptureException(
                "CDC-102",
                "The answer to " + asked + " is not one of a schema registry: " + why
                        + ". Check the base path of the address (Apicurio: /apis/ccompat/v7) and the"
                        + " proxies on the way.",
                true,
                cause);
    }

    static CaptureException denied(URI asked, int status) {
        return new CaptureException(
                "CDC-103",
                "The schema registry refused " + asked + " with status " + status
                        + ". Check transport.registry: its user and password, or its token. Give that account the right"
                        + " to read and register schemas.",
                false,
                null);
    }

    static CaptureException incompatible(String subject) {
        return new CaptureException(
                "CDC-104",
                "The schema registry refused a new version of subject " + subject
                        + " because it is not compatible with the registered ones. Undo the change of the table, or"
                        + " have the change reviewed and lower the subject's compatibility level for it.",
                false,
                null);
    }

    static CaptureException refused(URI asked, int status, int errorCode) {
        return new CaptureException(
                "CDC-105",
                "The schema registry refused " + asked + " with status " + status + " and error code " + errorCode
                        + ". The registry does not accept the request or the schema in it. Look for the"
                        + " reason in its log.",
                false,
                null);
    }

    static CaptureException changed(int id, String where) {
        return new CaptureException(
                "CDC-106",
                "The schema id " + id + " means another schema than before (seen in " + where
                        + "). Schemas never change under their id, so the registry was replaced, restored from an old"
                        + " copy, or tampered with. Restore the right registry: decoding with the wrong schema could"
                        + " put values into the wrong columns.",
                false,
                null);
    }

    static CaptureException damagedFile(Path file, String why) {
        return damagedFile(file, why, null);
    }

    static CaptureException damagedFile(Path file, String why, @Nullable Throwable cause) {
        return new CaptureException(
                "CDC-107",
                "The cached schema file " + file + " cannot be trusted: " + why
                        + ". Remove the file; sluice fetches the schema again from the registry.",
                false,
                cause);
    }

    static CaptureException folder(Path folder, Throwable cause) {
        return new CaptureException(
                "CDC-108",
                "The schema cache folder " + folder
                        + " cannot be read or written. Check that it exists, its owner and the free space.",
                true,
                cause);
    }

    static CaptureException interrupted(URI asked, Throwable cause) {
        return new CaptureException(
                "CDC-109",
                "A stop interrupted the call of the schema registry at " + asked
                        + ". Nothing was acknowledged; the next start repeats the batch.",
                true,
                cause);
    }

    static CaptureException awaited(int id, UnknownIds.RecordPlace place, Duration wait) {
        return new CaptureException(
                        "CDC-111",
                        "The schema registry says that it has no Avro schema " + Integer.toUnsignedString(id)
                                + ", which the record " + place.coordinates() + " names. The dataset is held for "
                                + wait.toSeconds() + " s, because replicas of a registry learn of a new schema late;"
                                + " then such records become dead letters. Check that transport.registry is the"
                                + " registry of the program that writes the topic.",
                        true,
                        null)
                .ofDataset(place.topic());
    }

    static CaptureException manyUnknown(UnknownIds.RecordPlace place, int letters) {
        return new CaptureException(
                        "CDC-112",
                        "More than " + letters + " records of " + place.topic()
                                + " name schemas that the registry does not have, among them "
                                + place.coordinates() + ". That many point to a wrong or an emptied registry, so the"
                                + " dataset is held. Correct transport.registry, or register the schemas under their"
                                + " ids again; to accept the dead letters, set run.dead-letter-share to 100%.",
                        false,
                        null)
                .ofDataset(place.topic());
    }

    static CaptureException badFile(String key, IllegalArgumentException cause) {
        return new CaptureException(
                "CDC-113",
                "The file of transport.registry." + key + " cannot be used: " + cause.getMessage()
                        + ". Nothing was sent to the registry.",
                true,
                cause);
    }

    static CaptureException badSetting(String key, String why) {
        return new CaptureException(
                "CDC-110", "The setting registry." + key + " " + why + ". Correct it.", false, null);
    }
}
