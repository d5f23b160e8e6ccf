package dev.sluice.deploy.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.deploy.DeployException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

/** A line of the log, as the template of the product makes it. */
class LogLineTest {

    private static final String VALUE = "cnry0000002k";

    @Test
    void namesClassAndPlaceOfEveryExceptionAndNoMessage() throws IOException {
        JsonTemplateLayout layout = JsonTemplateLayout.newBuilder()
                .setConfiguration(LoggerContext.getContext(false).getConfiguration())
                .setEventTemplateUri("classpath:sluice-log-template.json")
                .build();
        Throwable failure = new DeployException(
                "DEP-304", "A part failed.", new IllegalStateException(VALUE, new IOException(VALUE)));
        Log4jLogEvent event = Log4jLogEvent.newBuilder()
                .setLevel(Level.ERROR)
                .setLoggerName("test")
                .setMessage(new SimpleMessage("The command failed"))
                .setThrown(failure)
                .build();

        String line = new String(layout.toByteArray(event), StandardCharsets.UTF_8);

        JsonNode json = new ObjectMapper().readTree(line);
        assertThat(json.at("/message").asText()).isEqualTo("The command failed");
        assertThat(json.at("/causes").toString())
                .contains(DeployException.class.getName())
                .contains("caused by java.lang.IllegalStateException")
                .contains("caused by java.io.IOException")
                .contains("LogLineTest.java:");
        assertThat(line).doesNotContain(VALUE);
    }
}
