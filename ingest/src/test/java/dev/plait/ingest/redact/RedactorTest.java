package dev.plait.ingest.redact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RedactorTest {
    private static final String JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl";

    private final Redactor redactor = new Redactor(Redaction.DEFAULT);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=1&b=2                     | a=1&b=2",
                "''                          | ''",
                "token=x                     | token=*",
                "a=1&access_token=x&b=2      | a=1&access_token=*&b=2",
                "APIKEY=xyz                  | APIKEY=***",
                "api-key=x;api.key=y         | api-key=*;api.key=*",
                "X-Amz-Signature=x           | X-Amz-Signature=*",
                "client%5Fsecret=x           | client%5Fsecret=*",
                "p%61ssword=x=y              | p%61ssword=***",
                "key=x&monkey=banana         | key=*&monkey=banana",
                "code=x&zipcode=9            | code=*&zipcode=9",
                "user[password]=x            | user[password]=*",
                "token&token=&x              | token&token=&x",
                "&&=&                        | &&=&",
                "%=1&%4=2&%zz=3              | %=1&%4=2&%zz=3",
                "token=päss&a=ü              | token=*****&a=ü",
                "http://h:80/a?token=x       | http://h:80/a?token=*",
                "/a?b=1                      | /a?b=1",
                "https://u:s3cr3t@h/a        | https://********@h/a",
                "https://h/a@b?mail=c@d      | https://h/a@b?mail=c@d",
                "u@h                         | u@h",
                "/callback#access_token=abc  | /callback#access_token=***",
                "/sess/eyJhbGciOiJIUzI1NiJ9.e30.c2ln/x | /sess/*****************************/x",
            })
    void url_losesItsSecrets(String url, String covered) {
        assertThat(covered(redactor, url, Treatment.URL)).isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "login of bob failed, password=hunter2, try 3   | login of bob failed, password=*******, try 3",
                "password='a b' x                               | password='***' x",
                "GET /a?code=abc&x=1 HTTP/1.1                   | GET /a?code=***&x=1 HTTP/1.1",
                "exit code=7                                    | exit code=7",
                "{\"user\":\"bob\",\"password\" : \"a\\\"b\",\"n\":1} | {\"user\":\"bob\",\"password\" : \"****\",\"n\":1}",
                "{\"secret\":12345,\"n\":1}                     | {\"secret\":*****,\"n\":1}",
                "{\"tokens\":12,\"n\":1}                        | {\"tokens\":12,\"n\":1}",
                "{\"authorization\":[\"a\",\"b\"],\"n\":1}      | {\"authorization\":[*******],\"n\":1}",
                "{\\\"apikey\\\":\\\"abc\\\",\\\"n\\\":1}       | {\\\"apikey\\\":\\\"***\\\",\\\"n\\\":1}",
                "Authorization: Basic dXNlcjpwYXNz              | Authorization: ******************",
                "curl -H \"X-Api-Key: abc\" http://h            | curl -H \"X-Api-Key: ***\" http://h",
                "authorization=Bearer abc next                  | authorization=********** next",
                "sent Bearer abcdefghijklmnopqrst to h          | sent Bearer ******************** to h",
                "the bearer authentication failed               | the bearer authentication failed",
                "unexpected token: ';'                          | unexpected token: ';'",
                "jdbc:postgresql://app:pw@db/orders             | jdbc:postgresql://******@db/orders",
                "at 10:15:00 key: value                         | at 10:15:00 key: value",
                "x WHERE token='S1' AND a=1                     | x WHERE token='**' AND a=1",
                "x WHERE u.password = 'S1''S2' AND a = 1        | x WHERE u.password = '******' AND a = 1",
                "x SET `token` = N'S1', n = 2                   | x SET `token` = N'**', n = 2",
                "x WHERE token = ? AND password=$1 AND pwd=%s   | x WHERE token = ? AND password=$1 AND pwd=%s",
                "password=\"S1 S2\" x                           | password=\"*****\" x",
                "password = S1 and x                            | password = ** and x",
                "if (token == null) a => b                      | if (token == null) a => b",
                ":password => \"S1\", :user => \"a\"             | :password => \"**\", :user => \"a\"",
                "user=a&password=S1&b=1                         | user=a&password=**&b=1",
                "aws_secret_access_key=S1                       | aws_secret_access_key=**",
                "{\\\"password\\\":\\\"S1\\\",\\\"n\\\":1}         | {\\\"password\\\":\\\"**\\\",\\\"n\\\":1}",
                "{\\\\\\\"password\\\\\\\":\\\\\\\"S1\\\\\\\"} x         | {\\\\\\\"password\\\\\\\":\\\\\\\"**\\\\\\\"} x",
                "password: S1                                   | password: **",
                "password: 'S1 S2' x                            | password: '*****' x",
                "password := 'S1' x                             | password := '**' x",
                "E: refused token: abc123de, then               | E: refused token: ********, then",
                "client_secret: \"abc123\" x                     | client_secret: \"******\" x",
                "Unexpected token: } in secret: yes             | Unexpected token: } in secret: yes",
                "arn:aws:secretsmanager:eu:1:secret:orders-db   | arn:aws:secretsmanager:eu:1:secret:orders-db",
                "/v1/password:reset and /v1/token:revoke        | /v1/password:reset and /v1/token:revoke",
                "a.password::text, b.token::varchar             | a.password::text, b.token::varchar",
                "Auth::Token::Expired                           | Auth::Token::Expired",
                "Cookie: sid=S1; a=b                            | Cookie: ***********",
                "Bearer S1                                      | Bearer **",
                "[\"Bearer S1\"]                                | [\"Bearer **\"]",
                "Bearer token                                   | Bearer token",
                "run --token S1 --password=S2 --user bob        | run --token ** --password=** --user bob",
                "[\"run\",\"--password\",\"S1\",\"--user\",\"bob\"] | [\"run\",\"--password\",\"**\",\"--user\",\"bob\"]",
                "['--api-key', 'S1 S2', '-v']                   | ['--api-key', '*****', '-v']",
                "{\"a\":\"[\\\"--token\\\",\\\"S1\\\"]\"} | {\"a\":\"[\\\"--token\\\",\\\"**\\\"]\"}",
                "[\"--token\",\"--user\",\"bob\"]                | [\"--token\",\"--user\",\"bob\"]",
                "[{\"name\":\"cookie\",\"value\":\"S1\"},{\"name\":\"age\",\"value\":\"2\"}] | [{\"name\":\"cookie\",\"value\":\"**\"},{\"name\":\"age\",\"value\":\"2\"}]",
                "{\"Key\": \"X-Api-Key\", \"Value\": \"S1\"}     | {\"Key\": \"X-Api-Key\", \"Value\": \"**\"}",
                "[{\\\"name\\\":\\\"cookie\\\",\\\"value\\\":\\\"S1\\\"}] | [{\\\"name\\\":\\\"cookie\\\",\\\"value\\\":\\\"**\\\"}]",
                "{\"key\":\"password\",\"value\":{\"n\":1}}       | {\"key\":\"password\",\"value\":{\"n\":1}}",
                "{\"value\":\"2\",\"name\":\"cookie\"}           | {\"value\":\"2\",\"name\":\"cookie\"}",
                "options are \"--password\", \"-p\" and \"x\"      | options are \"--password\", \"-p\" and \"x\"",
                "Basic dXNlcjpwYXNz                             | Basic ************",
                "[\"Basic dXNlcjpwYXNz\"]                        | [\"Basic ************\"]",
                "sent basic dXNlcjpwYXNzd29yZA== to h           | sent basic ******************** to h",
                "Basic authentication is required               | Basic authentication is required",
                "Basic projects, basic understanding, Basic azure1234 | Basic projects, basic understanding, Basic azure1234",
                "<a><password>S1 S2</password><n>1</n></a>      | <a><password>*****</password><n>1</n></a>",
                "<wsse:Password Type=\"#T\">S1</wsse:Password>   | <wsse:Password Type=\"#T\">**</wsse:Password>",
                "<password/><n>1</n><token></token>             | <password/><n>1</n><token></token>",
                "usage: login <password> <user>                 | usage: login <password> <user>",
                "Map<Token> of List<AccessToken> is </a>        | Map<Token> of List<AccessToken> is </a>",
                "<credentials><user>bob</user></credentials>    | <credentials><user>bob</user></credentials>",
                "<tokens>12</tokens>                            | <tokens>12</tokens>",
                "run --token --user bob -- token x              | run --token --user bob -- token x",
                "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed           | 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed",
                "SELECT a -- the token of it                    | SELECT a -- the token of it",
                "max_tokens=100 k8s.pod=auth-token-7            | max_tokens=100 k8s.pod=auth-token-7",
            })
    void text_losesItsSecrets(String text, String covered) {
        assertThat(covered(redactor, text, Treatment.TEXT)).isEqualTo(covered);
    }

    @ParameterizedTest
    @EnumSource(
            value = Treatment.class,
            names = {"URL", "TEXT"})
    void webToken_isCoveredInAnyText(Treatment treatment) {
        String covered = covered(redactor, "x " + JWT + " y", treatment);

        assertThat(covered).isEqualTo("x " + "*".repeat(JWT.length()) + " y");
    }

    @ParameterizedTest
    @CsvSource({
        "http.request.header.authorization, SECRET",
        "http.request.header.Proxy-Authorization, SECRET",
        "http.request.header.cookie, SECRET",
        "http.response.header.set-cookie, SECRET",
        "req.cookies.sid, SECRET",
        "cookies, SECRET",
        "cookie_policy, TEXT",
        "http.request.header.x-api-key, SECRET",
        "http.request.header.x-amz-security-token, SECRET",
        "db.password, SECRET",
        "kong.auth.authenticated_entity.key, SECRET",
        "kong.auth.authenticated_entity.id, TEXT",
        "userPassword, SECRET",
        "url.full, URL",
        "url.query, URL",
        "http.url, URL",
        "http.target, URL",
        "kong.upstream.uri, URL",
        "http.request.header.referer, URL",
        "exception.message, TEXT",
        "exception.stacktrace, TEXT",
        "db.statement, TEXT",
        "db.query.text, TEXT",
        "session.id, TEXT",
        "http.route, TEXT",
        "kong.auth.consumer.name, TEXT",
        "gen_ai.usage.input_tokens, TEXT",
        "gen_ai.token.type, TEXT",
        "code.function, TEXT",
        "a, TEXT",
        "'', TEXT",
    })
    void key_saysHowItsValueIsTreated(String key, Treatment treatment) {
        byte[] bytes = ("<" + key + ">").getBytes(UTF_8);

        for (int again = 0; again < 2; again++) {
            assertThat(redactor.treatment(bytes, 1, bytes.length - 2)).isEqualTo(treatment);
        }
    }

    @Test
    void keysOfOnePlace_areNotTakenForEachOther() {
        for (int i = 0; i < 5_000; i++) {
            byte[] plain = ("key" + i % 97 + "-" + i).getBytes(UTF_8);
            byte[] secret = ("token" + i % 97 + "-" + i).getBytes(UTF_8);

            assertThat(redactor.treatment(plain, 0, plain.length)).isEqualTo(Treatment.TEXT);
            assertThat(redactor.treatment(secret, 0, secret.length)).isEqualTo(Treatment.SECRET);
        }
    }

    @ParameterizedTest
    @CsvSource({"60", "64", "65", "200"})
    void longNames_areStillRecognised(int padding) {
        String name = "x".repeat(padding) + "token";

        assertThat(covered(redactor, name + "=s3cr3t", Treatment.URL)).isEqualTo(name + "=******");
    }

    @Test
    void configuredNames_areAddedAndTakenAway() {
        Redactor mine = new Redactor(new Redaction(Set.of("X-Tenant", "iban"), Set.of("cursor_token"), List.of(), '#'));

        assertThat(covered(mine, "/a?iban=DE1&cursor_token=7", Treatment.URL)).isEqualTo("/a?iban=###&cursor_token=7");
        assertThat(treatment(mine, "http.request.header.x-tenant")).isEqualTo(Treatment.SECRET);
        assertThat(treatment(mine, "page.cursor-token")).isEqualTo(Treatment.TEXT);
    }

    @Test
    void patterns_coverTheirFirstGroup_orTheWholeMatch() {
        Redactor mine = new Redactor(new Redaction(
                Set.of(), Set.of(), List.of(Pattern.compile("card (\\d{4})"), Pattern.compile("[A-Z]{2}\\d{4}")), '*'));

        assertThat(covered(mine, "ü card 1234, DE5678 ü", Treatment.TEXT)).isEqualTo("ü card ****, ****** ü");
    }

    @Test
    void nastyTexts_takeLinearTime() {
        Redactor mine = new Redactor(new Redaction(Set.of(), Set.of(), List.of(Pattern.compile("(a+)+\\$")), '*'));

        for (String piece : List.of(
                "a",
                "=",
                "a=",
                "\"",
                "token=",
                "://",
                "eyJ",
                "Bearer ",
                "\\",
                "[",
                "a:",
                "--token ",
                "token =",
                "token: ",
                "<token ",
                "<token>",
                "\"--token\",",
                "\"token\",\"value\":",
                "Basic ",
                " =",
                "'")) {
            String text = piece.repeat(100_000 / piece.length());
            assertThat(covered(mine, text, Treatment.TEXT)).hasSameSizeAs(text);
        }
    }

    @Test
    void cover_isPrintable() {
        assertThatThrownBy(() -> new Redaction(Set.of(), Set.of(), List.of(), '\n'))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 1000)
    void anyText_staysUtf8_andAsLong(@ForAll String text, @ForAll Treatment treatment) {
        byte[] before = text.getBytes(UTF_8);

        byte[] after = covered(redactor, before, treatment);

        assertThat(after).hasSameSizeAs(before);
        assertThat(new String(after, UTF_8).getBytes(UTF_8)).isEqualTo(after);
    }

    private static Treatment treatment(Redactor redactor, String key) {
        byte[] bytes = key.getBytes(UTF_8);
        return redactor.treatment(bytes, 0, bytes.length);
    }

    private static String covered(Redactor redactor, String text, Treatment treatment) {
        return new String(covered(redactor, text.getBytes(UTF_8), treatment), UTF_8);
    }

    private static byte[] covered(Redactor redactor, byte[] bytes, Treatment treatment) {
        byte[] covered = bytes.clone();
        redactor.text(
                bytes, 0, bytes.length, treatment, (from, to) -> Arrays.fill(covered, from, to, redactor.cover()));
        return covered;
    }
}
