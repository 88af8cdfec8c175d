package dev.plait.ingest.accesslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryMaskTest {
    private final QueryMask mask = new QueryMask();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=1&b=2                     | a=1&b=2",
                "''                          | ''",
                "token=x                     | token=REDACTED",
                "a=1&access_token=x&b=2      | a=1&access_token=REDACTED&b=2",
                "APIKEY=x                    | APIKEY=REDACTED",
                "api-key=x;api.key=y         | api-key=REDACTED;api.key=REDACTED",
                "X-Amz-Signature=x           | X-Amz-Signature=REDACTED",
                "client%5Fsecret=x           | client%5Fsecret=REDACTED",
                "p%61ssword=x=y              | p%61ssword=REDACTED",
                "key=x&monkey=banana         | key=REDACTED&monkey=banana",
                "code=x&zipcode=9            | code=REDACTED&zipcode=9",
                "user[password]=x            | user[password]=REDACTED",
                "token&token=&x              | token&token=&x",
                "&&=&                        | &&=&",
                "%=1&%4=2&%zz=3              | %=1&%4=2&%zz=3",
            })
    void secretParameters_areMasked(String query, String masked) {
        assertThat(masked(query)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://h:80/a?token=x         | http://h:80/a?token=REDACTED",
                "/a?b=1                        | /a?b=1",
                "https://u:s3cr3t@h/a          | https://REDACTED@h/a",
                "https://h/a@b?mail=c@d        | https://h/a@b?mail=c@d",
                "u@h                           | u@h",
                "''                            | ''",
            })
    void urls_areMasked(String url, String masked) {
        byte[] bytes = url.getBytes(UTF_8);
        int length = mask.url(bytes, 0, bytes.length);

        assertThat(new String(mask.bytes(), 0, length, UTF_8)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({"60", "64", "65", "200"})
    void longNames_areStillRecognised(int padding) {
        String name = "x".repeat(padding) + "token";

        assertThat(masked(name + "=s3cr3t")).isEqualTo(name + "=REDACTED");
    }

    @Property(tries = 1000)
    void anyQuery_isMasked_withoutThrowing(@ForAll byte[] query) {
        int length = mask.mask(query, 0, query.length);

        assertThat(length).isLessThanOrEqualTo(query.length + 8 * (query.length + 1));
    }

    private String masked(String query) {
        byte[] bytes = query.getBytes(UTF_8);
        int length = mask.mask(bytes, 0, bytes.length);
        return new String(mask.bytes(), 0, length, UTF_8);
    }
}
