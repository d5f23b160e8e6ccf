package dev.sluice.deploy.pipeline.draft;

import dev.sluice.cdc.access.DatabaseTls;
import dev.sluice.cdc.capture.postgres.Secret;
import dev.sluice.deploy.DeployException;
import java.util.List;

/**
 * Says what a draft is made of.
 *
 * @param address where the source is
 * @param login who asks
 * @param name name of the pipeline
 * @param tables tables to capture as {@code schema.table}; empty for all that can be captured
 * @param folder where the files go
 */
public record DraftRequest(
        SourceAddress address, SourceLogin login, String name, List<String> tables, DraftFolder folder) {

    private static final String NAME = "[a-z][a-z0-9_]{0,40}";

    /**
     * The role that asks.
     *
     * @param user role
     * @param password its password
     * @param tls how the connection is encrypted
     */
    public record SourceLogin(String user, Secret password, DatabaseTls tls) {}

    /**
     * Checks the name.
     *
     * @throws DeployException {@code DEP-601} when the name cannot be the name of a pipeline
     */
    public DraftRequest {
        tables = List.copyOf(tables);
        if (!name.matches(NAME)) {
            throw DraftErrors.badName(name.replaceAll("\\p{Cntrl}", "\uFFFD"));
        }
    }
}
