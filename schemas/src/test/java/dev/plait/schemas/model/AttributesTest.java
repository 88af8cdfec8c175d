package dev.plait.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttributesTest {
    @Test
    void copy_keepsOrderAndIsItsOwn() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("z", "text");
        attributes.put("a", 1L);
        attributes.put("m", 0.5);
        attributes.put("b", true);

        Map<String, Object> copy = Attributes.copy(attributes);
        attributes.put("late", "no part of the copy");

        assertThat(copy.keySet()).containsExactly("z", "a", "m", "b");
        assertThat(copy)
                .isEqualTo(Map.of("z", "text", "a", 1L, "m", 0.5, "b", true))
                .hasSameHashCodeAs(Map.copyOf(copy));
        assertThat(copy.get("missing")).isNull();
        assertThat(copy.containsKey("a")).isTrue();
        assertThatThrownBy(() -> copy.put("c", 1L)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> copy.remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> copy.entrySet().iterator().next().setValue(1))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void copy_ofACopyIsTheSame() {
        Map<String, Object> copy = Attributes.copy(Map.of("a", 1L));

        assertThat(Attributes.copy(copy)).isSameAs(copy);
    }

    @Test
    void copy_refusesOtherTypes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Attributes.copy(Map.of("count", 1)))
                .withMessageContaining("count");
    }

    @Test
    void numbers_areReadFromWhateverTheyCameAs() {
        Map<String, Object> attributes =
                Map.of("long", 503L, "double", 503.0, "text", "503", "word", "n/a", "part", 0.5);

        assertThat(Attributes.wholeNumber(attributes, "long")).hasValue(503);
        assertThat(Attributes.wholeNumber(attributes, "double")).hasValue(503);
        assertThat(Attributes.wholeNumber(attributes, "word", "text")).hasValue(503);
        assertThat(Attributes.wholeNumber(attributes, "part")).isEmpty();
        assertThat(Attributes.number(attributes, "part")).hasValue(0.5);
        assertThat(Attributes.text(attributes, "missing", "long")).hasValue("503");
    }
}
