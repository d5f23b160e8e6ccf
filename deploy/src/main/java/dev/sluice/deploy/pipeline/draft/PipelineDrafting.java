package dev.sluice.deploy.pipeline.draft;

import dev.sluice.cdc.capture.CaptureConfig;
import dev.sluice.cdc.capture.check.CaptureCheck;
import dev.sluice.cdc.capture.postgres.PostgresDatabase;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.survey.SourceSurvey;
import dev.sluice.cdc.capture.survey.SurveyedTable;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.registry.RegistrySettings;
import dev.sluice.deploy.DeployException;
import dev.sluice.policy.propose.CatalogProposer;
import dev.sluice.policy.propose.CatalogProposer.ProposedCatalog;
import dev.sluice.policy.propose.ProposedTable;
import dev.sluice.policy.propose.StarterFolder;
import dev.sluice.policy.propose.WordClassifier;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Drafts a pipeline: reads the source with queries only, then writes the files. Changes nothing at the source. */
public final class PipelineDrafting {

    private static final String NO_ADDRESS = "127.0.0.1:1";

    private PipelineDrafting() {}

    /**
     * Drafts and writes.
     *
     * @throws DeployException {@code DEP-602} to {@code DEP-606}; before {@code DEP-606} nothing was written
     * @throws dev.sluice.cdc.CaptureException {@code CDC-239} when the source does not answer
     */
    public static PipelineDraft write(DraftRequest request) {
        request.folder().refuseExisting();
        PostgresDatabase database = database(request);
        List<SurveyedTable> chosen = chosen(request, SourceSurvey.read(database), database);
        ProposedCatalog catalog = CatalogProposer.propose(WordClassifier.standard(), chosen);
        List<Finding> leftOut = new ArrayList<>(catalog.leftOut());
        chosen.forEach(table -> leftOut.addAll(table.obstacles()));
        leftOut.sort(null);
        if (catalog.tables().isEmpty()) {
            throw DraftErrors.nothingToCapture(
                    database.address(),
                    leftOut.stream().map(finding -> "\n  " + finding).collect(Collectors.joining()));
        }
        List<Finding> source = check(request, database, catalog.tables());
        List<String> files = request.folder()
                .write(
                        PipelineText.of(request, catalog.tables()),
                        StarterFolder.files(request.name(), catalog.tables()),
                        request.login().password());
        return new PipelineDraft(request, catalog, leftOut, source, files);
    }

    private static PostgresDatabase database(DraftRequest request) {
        SourceAddress address = request.address();
        return new PostgresDatabase(
                address.host(),
                address.port(),
                address.database(),
                request.login().user(),
                request.login().password(),
                request.login().tls());
    }

    private static List<SurveyedTable> chosen(
            DraftRequest request, List<SurveyedTable> surveyed, PostgresDatabase database) {
        Set<String> wanted = Set.copyOf(request.tables());
        if (wanted.isEmpty()) {
            return surveyed;
        }
        Set<String> known =
                surveyed.stream().map(table -> table.name().toString()).collect(Collectors.toSet());
        List<String> unknown = request.tables().stream()
                .filter(table -> !known.contains(table))
                .map(table -> table.replaceAll("\\p{Cntrl}", "\uFFFD"))
                .toList();
        if (!unknown.isEmpty()) {
            throw DraftErrors.unknownTables(unknown, database.address());
        }
        return surveyed.stream()
                .filter(table -> wanted.contains(table.name().toString()))
                .toList();
    }

    /** The check looks at the database only; broker and registry are not known yet and are not asked. */
    private static List<Finding> check(DraftRequest request, PostgresDatabase database, List<ProposedTable> tables) {
        List<TableName> names = tables.stream().map(ProposedTable::name).toList();
        CaptureConfig config = new CaptureConfig(
                new CaptureConfig.CapturedSource(request.name(), database, names),
                CaptureConfig.Replication.of(request.name()),
                CaptureConfig.RawTransport.of(NO_ADDRESS, RegistrySettings.at(URI.create("http://" + NO_ADDRESS))),
                CaptureConfig.Retry.standard(),
                request.folder().root());
        return CaptureCheck.run(config);
    }
}
