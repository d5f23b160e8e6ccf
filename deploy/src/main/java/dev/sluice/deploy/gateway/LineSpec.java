package dev.sluice.deploy.gateway;

import dev.sluice.cdc.decode.DecodeSettings;
import dev.sluice.cdc.registry.RegistrySettings;
import java.io.File;
import java.io.Serializable;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What an executor needs to open the stages by itself. Names files and addresses; holds no secret.
 *
 * @param decode how records are decoded
 * @param registry where schemas are
 * @param policy who decides
 * @param keyFolder folder of the key store
 * @param controlDb the control database
 */
record LineSpec(DecodeSettings decode, RegistrySettings registry, PolicySpec policy, File keyFolder, File controlDb)
        implements Serializable {

    /**
     * Who decides.
     *
     * @param folder policy folder
     * @param consumer for whom this line writes
     * @param server address of an OPA server, null for the embedded engine
     */
    record PolicySpec(File folder, String consumer, @Nullable URI server) implements Serializable {}
}
