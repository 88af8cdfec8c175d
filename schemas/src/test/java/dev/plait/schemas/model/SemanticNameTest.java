package dev.plait.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SemanticNameTest {
    @Test
    void vocabulary_isThere() {
        assertThat(SemanticName.all()).contains(SemanticName.HTTP_STATUS, SemanticName.WORKLOAD);
    }

    @ParameterizedTest
    @MethodSource("all")
    void olderNames_meanThePresentOne_whichMeansItself(SemanticName name) {
        assertThat(name.older()).allMatch(older -> SemanticName.present(older).equals(name.key()));
        assertThat(SemanticName.present(name.key())).isEqualTo(name.key());
    }

    @Test
    void text_isThatOfTheFirstNameThatIsThere() {
        Map<String, Object> both = Map.of("http.target", "/old", "url.path", "/new");

        assertThat(SemanticName.URL_PATH.text(both)).contains("/new");
        assertThat(SemanticName.URL_PATH.text(Map.of("http.path", "/a", "url.path", "")))
                .contains("/a");
        assertThat(SemanticName.URL_PATH.text(Map.of())).isEmpty();
    }

    @Test
    void unknownNames_stayAsTheyAre() {
        assertThat(SemanticName.of("order.total")).isEmpty();
        assertThat(SemanticName.present("order.total")).isEqualTo("order.total");
    }

    private static List<SemanticName> all() {
        return SemanticName.all();
    }
}
