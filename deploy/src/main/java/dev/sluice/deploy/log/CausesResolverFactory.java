package dev.sluice.deploy.log;

import dev.sluice.deploy.lifecycle.Failures;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;
import org.apache.logging.log4j.layout.template.json.resolver.EventResolver;
import org.apache.logging.log4j.layout.template.json.resolver.EventResolverContext;
import org.apache.logging.log4j.layout.template.json.resolver.EventResolverFactory;
import org.apache.logging.log4j.layout.template.json.resolver.TemplateResolverConfig;
import org.apache.logging.log4j.layout.template.json.resolver.TemplateResolverFactory;
import org.apache.logging.log4j.layout.template.json.util.JsonWriter;

/** Makes the resolver {@code causes} of the log template: one text for each line of {@link Failures#places}. */
@Plugin(name = "CausesResolverFactory", category = TemplateResolverFactory.CATEGORY)
public final class CausesResolverFactory implements EventResolverFactory {

    private static final CausesResolverFactory ONE = new CausesResolverFactory();

    private CausesResolverFactory() {}

    /** The factory, for Log4j. */
    @PluginFactory
    public static CausesResolverFactory getInstance() {
        return ONE;
    }

    @Override
    public String getName() {
        return "causes";
    }

    @Override
    public EventResolver create(EventResolverContext context, TemplateResolverConfig config) {
        return new CauseLines();
    }

    private static final class CauseLines implements EventResolver {

        @Override
        public boolean isResolvable(LogEvent event) {
            return event.getThrown() != null;
        }

        @Override
        public void resolve(LogEvent event, JsonWriter writer) {
            Throwable thrown = event.getThrown();
            if (thrown == null) {
                writer.writeNull();
                return;
            }
            writer.writeArrayStart();
            String separator = "";
            for (String line : Failures.places(thrown)) {
                writer.writeRawString(separator);
                writer.writeString(line);
                separator = ",";
            }
            writer.writeArrayEnd();
        }
    }
}
