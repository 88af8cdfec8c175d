package dev.plait.ingest.traceid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rules of each propagation format, header by header: what its specification says must be read or ignored. Sources: W3C
 * Trace Context level 2; openzipkin/b3-propagation; Jaeger's and AWS X-Ray's documentation; dd-trace; Kong's extractors. In a
 * row: headers, with {@code ~} between; then trace ID, span ID and sampling, or {@code none}. Letters in braces stand for IDs.
 */
class PropagationRulesTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String OTHER = "0af7651916cd43dd8448eb211c80319c";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            traceparent: 00-{T}-{S}-01                                  | {T} {S} KEEP
            TraceParent: 00-{T}-{S}-01                                  | {T} {S} KEEP
            TRACEPARENT: 00-{T}-{S}-00                                  | {T} {S} DROP
            `traceparent:  00-{T}-{S}-01`                               | {T} {S} KEEP
            `traceparent: 00-{T}-{S}-01 `                               | {T} {S} KEEP
            `traceparent:\\t00-{T}-{S}-01\\t`                           | {T} {S} KEEP
            `traceparent: 00-{T}-{S}- 01`                               | none
            `traceparent: 00- {T}-{S}-01`                               | none
            trace-parent: 00-{T}-{S}-01                                 | none
            trace.parent: 00-{T}-{S}-01                                 | none
            trace-parent: 00-{T}-{S}-01                                 | none
            traceparent: 00-{T}-{S}-02                                  | {T} {S} DROP
            traceparent: 00-{T}-{S}-03                                  | {T} {S} KEEP
            traceparent: 00-{T}-{S}-ff                                  | {T} {S} KEEP
            traceparent: 00-{T}-{S}-fe                                  | {T} {S} DROP
            traceparent: 00-{T}-{S}-FF                                  | none
            traceparent: 00-{T}-{S}-0                                   | none
            traceparent: 00-{T}-{S}-001                                 | none
            traceparent: 00-{T}-{S}-.1                                  | none
            traceparent: 00-{T}-{S}-0.                                  | none
            traceparent: 00-{T}-{S}-                                    | none
            traceparent: 00-{T}-{S}                                     | none
            traceparent: 00-{T}-{S}-01.                                 | none
            traceparent: 00-{T}-{S}-01-                                 | none
            traceparent: 00-{T}-{S}-01-later                            | none
            traceparent: 01-{T}-{S}-01                                  | {T} {S} KEEP
            traceparent: 01-{T}-{S}-01-                                 | {T} {S} KEEP
            traceparent: cc-{T}-{S}-01-later                            | {T} {S} KEEP
            traceparent: cc-{T}-{S}-01.later                            | none
            traceparent: cc-{T}-{S}-01later                             | none
            traceparent: fe-{T}-{S}-01                                  | {T} {S} KEEP
            traceparent: ff-{T}-{S}-01                                  | none
            traceparent: FE-{T}-{S}-01                                  | none
            traceparent: 0-{T}-{S}-01                                   | none
            traceparent: 000-{T}-{S}-01                                 | none
            traceparent: .0-{T}-{S}-01                                  | none
            traceparent: 0.-{T}-{S}-01                                  | none
            traceparent: 0000-{T}-{S}-01                                | none
            traceparent: -{T}-{S}-01                                    | none
            traceparent: {T}-{S}-01                                     | none
            traceparent: 00-00000000000000000000000000000000-{S}-01   | none
            traceparent: 00-{T}-0000000000000000-01                   | none
            traceparent: 00-4BF92F3577B34DA6A3CE929D0E0E4736-{S}-01   | none
            traceparent: 00-{T}-00F067AA0BA902B7-01                   | none
            traceparent: 00-.bf92f3577b34da6a3ce929d0e0e4736-{S}-01   | none
            traceparent: 00-4bf92f3577b34da6a3ce929d0e0e473-{S}-01    | none
            traceparent: 00-{T}0-{S}-01                                 | none
            traceparent: 00-{T}-00f067aa0ba902b-01                    | none
            traceparent: 00-{T}-{S}0-01                                 | none
            traceparent: 00-{T}-.0f067aa0ba902b7-01                   | none
            traceparent: 00-{T}-00f067aa0ba902b.-01                   | none
            traceparent: 00-4bf92f3577b34da6a3ce929d0e0e473.-{S}-01   | none
            traceparent: 00_{T}_{S}_01                                  | none
            `traceparent:   00-{T}-{S}-01  `                            | {T} {S} KEEP
            traceparent: 00-{T}-{S}- 01                                 | none
            traceparent: 00-{T}- {S}-01                                 | none
            traceparent: 00-{T}-{S}-01,00-{T}-{S}-01                        | none
            traceparent: 00-{T}-{S}-01 ~ traceparent: 00-{T}-{S}-01         | none
            traceparent: 00-{T}-{S}-01 ~ traceparent: 00-{O}-{S}-01         | none
            traceparent: 00-{T}-{S}-01 ~ tracestate: ,,=,               | {T} {S} KEEP
            tracestate: a=1                                         | none
            """)
    void w3c(String headers, String context) {
        check(headers, context);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            b3: {T}-{S}-1-05e3ac9a4f6e3b90                              | {T} {S} KEEP
            B3: {T}-{S}-1                                               | {T} {S} KEEP
            b3: {T}-{S}-0                                               | {T} {S} DROP
            b3: {T}-{S}-d                                               | {T} {S} DEBUG
            b3: {T}-{S}                                                 | {T} {S} UNKNOWN
            `b3:  {T}-{S}-1 `                                           | {T} {S} KEEP
            b3: {L}-{S}-1                                               | {L} {S} KEEP
            b3: 0000000000000000{L}-{S}-1                               | {L} {S} KEEP
            b3: 4BF92F3577B34DA6A3CE929D0E0E4736-{S}-1                | {T} {S} KEEP
            b3: {T}-00F067AA0BA902B7-1                                | {T} {S} KEEP
            b3: 0                                                   | none
            b3: 1                                                   | none
            b3: d                                                   | none
            b3: {T}                                                   | none
            b3: {T}-                                                  | none
            b3: -{S}-1                                                | none
            b3: {T}-{S}-                                                | none
            b3: {T}-{S}-true                                            | {T} {S} KEEP
            b3: {T}-{S}-false                                           | {T} {S} DROP
            b3: {T}-{S}-1-0                                             | {T} {S} KEEP
            b3: {L}-{S}-0-1                                             | {L} {S} DROP
            b3: {T}-{S}-1-2                                             | none
            b3: {T}-{S}-TRUE                                            | none
            b3: {T}-{S}-1-                                              | none
            b3: {T}-{S}-1-05e3ac9a4f6e3b9                               | none
            b3: {T}-{S}-1-x5e3ac9a4f6e3b90                              | none
            b3: {T}-{S}-1-05e3ac9a4f6e3b90-                             | none
            b3: {T}-f067aa0ba902b7-1                                  | none
            b3: {T}-0000000000000000-1                                | none
            b3: 3ce929d0e0e4736-{S}-1                                 | none
            b3: 0{T}-{S}-1                                              | none
            b3: 00000000000000000000000000000000-{S}-1                | none
            b3: gbf92f3577b34da6a3ce929d0e0e4736-{S}-1                | none
            b3: {T}-{S}-1 ~ b3: {O}-{S}-0                                   | {T} {S} KEEP
            b3: 0 ~ X-B3-TraceId: {T} ~ X-B3-SpanId: {S}                | {T} {S} UNKNOWN
            X-B3-TraceId: {T} ~ X-B3-SpanId: {S}                        | {T} {S} UNKNOWN
            x-b3-traceid: {T} ~ x-b3-spanid: {S} ~ x-b3-sampled: 1      | {T} {S} KEEP
            X-B3-TRACEID: {L} ~ X-B3-SPANID: {S} ~ X-B3-SAMPLED: 0      | {L} {S} DROP
            X-B3-TraceId: {T} ~ X-B3-SpanId: {S} ~ X-B3-Sampled: true   | {T} {S} KEEP
            X-B3-TraceId: {T} ~ X-B3-SpanId: {S} ~ X-B3-Sampled: false  | {T} {S} DROP
            X-B3-TraceId: {T} ~ X-B3-SpanId: {S} ~ X-B3-Sampled: yes    | {T} {S} UNKNOWN
            X-B3-TraceId: {T} ~ X-B3-ParentSpanId: 05e3ac9a4f6e3b90 ~ X-B3-SpanId: {S} ~ X-B3-Sampled: 1 | {T} {S} KEEP
            X-B3-TraceId: {T} ~ X-B3-SpanId: f067aa0ba902b7 ~ X-B3-Sampled: 1 | none
            X-B3-TraceId: {T} ~ X-B3-SpanId: xyz                      | none
            X-B3-TraceId: {T} ~ X-B3-SpanId: 0000000000000000         | none
            X-B3-TraceId: {T} ~ X-B3-SpanId: {S} ~ X-B3-ParentSpanId: 5e3ac9a4f6e3b90 | none
            X-B3-TraceId: {T} ~ X-B3-SpanId: {S} ~ X-B3-ParentSpanId: zyxwvutsrqponmlk | none
            X-B3-TraceId: {T} ~ X-B3-SpanId: {S} ~ X-B3-ParentSpanId: 0000000000000000 | {T} {S} UNKNOWN
            X-B3-TraceId: {T} ~ X-B3-SpanId: {S} ~ X-B3-ParentSpanId:   | {T} {S} UNKNOWN
            b3: {T}-{S}-05e3ac9a4f6e3b90                            | {T} {S} UNKNOWN
            b3: {L}-{S}-05e3ac9a4f6e3b90                            | {L} {S} UNKNOWN
            b3: {T}-{S}-05e3ac9a4f6e3b9                             | none
            b3: {T}-{S}-05e3ac9a4f6e3b900                           | none
            b3: {T}-{S}-0000000000000000                            | none
            b3: {T}-{S}-05e3ac9a4f6e3b90-1                          | none
            tracestate: b3={T}-{S}-d-05e3ac9a4f6e3b90               | {T} {S} DEBUG
            tracestate: vendor=1, b3={L}-{S}-0 ,other=2             | {L} {S} DROP
            tracestate: vendor=1 ~ tracestate: b3={T}-{S}-1 ~ tracestate: b3={O}-{S}-1 | {T} {S} KEEP
            tracestate: b3=1                                        | none
            tracestate: xb3={T}-{S}-1                               | none
            tracestate: b3={O}-{S}-1 ~ b3: {T}-{S}-1                | {T} {S} KEEP
            tracestate: b3={O}-{S}-1 ~ b3: 0                        | none
            tracestate: b3={O}-{S}-1 ~ traceparent: 00-{T}-{S}-01   | {T} {S} KEEP
            tracestate: b3=xyz ~ X-B3-TraceId: {T} ~ X-B3-SpanId: {S} | {T} {S} UNKNOWN
            X-B3-TraceId: 4BF92F3577B34DA6A3CE929D0E0E4736 ~ X-B3-SpanId: 00F067AA0BA902B7 | {T} {S} UNKNOWN
            b3: {T}-{S}-D                                               | none
            X-B3-TraceId: {T} ~ X-B3-SpanId: {S} ~ X-B3-Flags: 1        | {T} {S} DEBUG
            X-B3-TraceId: {T} ~ X-B3-SpanId: {S} ~ X-B3-Flags: 1 ~ X-B3-Sampled: 0 | {T} {S} DEBUG
            X-B3-TraceId: {T} ~ X-B3-SpanId: {S} ~ X-B3-Flags: 0        | {T} {S} UNKNOWN
            X-B3-TraceId: {T}                                         | {T} 0 UNKNOWN
            X-B3-SpanId: {S} ~ X-B3-Sampled: 1                        | none
            X-B3-Sampled: 0                                         | none
            X-B3-TraceId: {T}0 ~ X-B3-SpanId: {S}                       | none
            X-B3-TraceId: 3ce929d0e0e4736 ~ X-B3-SpanId: {S}          | none
            X-B3-TraceId: 0000000000000000 ~ X-B3-SpanId: {S}         | none
            X-B3-TraceId: {T} ~ X-B3-TraceId: {O} ~ X-B3-SpanId: {S}      | {T} {S} UNKNOWN
            """)
    void b3(String headers, String context) {
        check(headers, context);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            X-Amzn-Trace-Id: Root={R};Parent={S};Sampled=1              | {T} {S} KEEP
            x-amzn-trace-id: Root={R};Parent={S};Sampled=0              | {T} {S} DROP
            X-Amzn-Trace-Id: Root={R};Parent={S}                        | {T} {S} UNKNOWN
            X-Amzn-Trace-Id: Root={R};Parent={S};Sampled=?              | {T} {S} UNKNOWN
            X-Amzn-Trace-Id: Root={R};Sampled=1                       | {T} 0 KEEP
            X-Amzn-Trace-Id: Root={R}                                 | {T} 0 UNKNOWN
            X-Amzn-Trace-Id: Sampled=1;Parent={S};Root={R}              | {T} {S} KEEP
            X-Amzn-Trace-Id: Root={R}; Parent={S}; Sampled=1            | {T} {S} KEEP
            X-Amzn-Trace-Id: Root={R} ;Parent={S} ;Sampled=1;           | {T} {S} KEEP
            X-Amzn-Trace-Id: Self=1-67891234-12456789abcdef012345678;Root={R};Lineage=a:1;Parent={S} | {T} {S} UNKNOWN
            X-Amzn-Trace-Id: Root={R};Parent={S};Sampled=1;Self=1-67891234-12456789abcdef012345678;Lineage=25:a87bd80c:1 | {T} {S} KEEP
            `X-Amzn-Trace-Id: Root={R};Parent={S};Sampled=0;Lineage=25:a87bd80c:1|68fd508a:5|c512fbe3:2` | {T} {S} DROP
            X-Amzn-Trace-Id: Root={R};CalledFrom=app                  | {T} 0 UNKNOWN
            X-Amzn-Trace-Id: Root={R};Parent=00f067aa0ba902b;Sampled=1 | none
            X-Amzn-Trace-Id: Root={R};Parent={S}00;Sampled=1          | none
            X-Amzn-Trace-Id: Root={R};Parent=zyxwvutsrqponmlk;Sampled=1 | none
            X-Amzn-Trace-Id: Root={R};Parent=;Sampled=1               | none
            X-Amzn-Trace-Id: Root={R};Parent=0000000000000000;Sampled=1 | none
            X-Amzn-Trace-Id: Root={R};Parent={S};Sampled=             | none
            X-Amzn-Trace-Id: Root={R};Parent={S};Sampled=2            | none
            X-Amzn-Trace-Id: Root={R};Parent={S};Sampled=11           | none
            X-Amzn-Trace-Id: Root={R};Parent={S};Sampled=true         | none
            `X-Amzn-Trace-Id:   Root  = {R}  ;  Parent={S} ; Sampled =  1 ` | {T} {S} KEEP
            `X-Amzn-Trace-Id:\tRoot\t=\t{R};\tParent\t=\t{S}`             | {T} {S} UNKNOWN
            X-Amzn-Trace-Id: ;;Root={R};;Parent={S};                  | {T} {S} UNKNOWN
            X-Amzn-Trace-Id: Root={R};Flag;Parent={S}                 | {T} {S} UNKNOWN
            X-Amzn-Trace-Id: Root={R};=;Parent={S}                    | {T} {S} UNKNOWN
            X-Amzn-Trace-Id: Root=1-2f35-77b34da6a3ce929d0e0e4736;Parent={S} | 00002f3577b34da6a3ce929d0e0e4736 {S} UNKNOWN
            X-Amzn-Trace-Id: Root=1-0-77b34da6a3ce929d0e0e4736;Parent={S} | 77b34da6a3ce929d0e0e4736 {S} UNKNOWN
            X-Amzn-Trace-Id: Root=1--77b34da6a3ce929d0e0e4736;Parent={S} | none
            X-Amzn-Trace-Id: Root=1-77b34da6a3ce929d0e0e4736;Parent={S} | none
            X-Amzn-Trace-Id: Root=1-4bf92f355-77b34da6a3ce929d0e0e4736;Parent={S} | none
            X-Amzn-Trace-Id: Root=1-4bf92f35-77b34da6-a3ce929d0e0e473;Parent={S} | none
            X-Amzn-Trace-Id: Root=1-;Parent={S}                       | none
            X-Amzn-Trace-Id: Root=1;Parent={S}                        | none
            X-Amzn-Trace-Id: root={R};parent={S}                        | none
            X-Amzn-Trace-Id: Root={R},Parent={S}                        | none
            X-Amzn-Trace-Id: Root={R};Root=1-00000000-000000000000000000000000;Parent={S} | none
            X-Amzn-Trace-Id: Root=1-4BF92F35-77B34DA6A3CE929D0E0E4736;Parent={S} | {T} {S} UNKNOWN
            X-Amzn-Trace-Id: Parent={S};Sampled=1                     | none
            X-Amzn-Trace-Id: Root=                                  | none
            X-Amzn-Trace-Id: {R}                                      | none
            X-Amzn-Trace-Id: Root=2-4bf92f35-77b34da6a3ce929d0e0e4736 | none
            X-Amzn-Trace-Id: Root=1-4bf92f3-577b34da6a3ce929d0e0e4736 | none
            X-Amzn-Trace-Id: Root=1-4bf92f35-77b34da6a3ce929d0e0e473 | none
            X-Amzn-Trace-Id: Root=1-4bf92f35-77b34da6a3ce929d0e0e473g | none
            X-Amzn-Trace-Id: Root=1-4bf92f35-77b34da6a3ce929d0e0e4736-1 | none
            X-Amzn-Trace-Id: Root={T}                                 | none
            X-Amzn-Trace-Id: Root=1-00000000-000000000000000000000000 | none
            """)
    void xray(String headers, String context) {
        check(headers, context);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            uber-trace-id: {T}:{S}:0:1                                  | {T} {S} KEEP
            Uber-Trace-Id: {T}:{S}:05e3ac9a4f6e3b90:0                   | {T} {S} DROP
            uber-trace-id: {T}:{S}:0:3                                  | {T} {S} DEBUG
            uber-trace-id: {T}:{S}:0:01                                 | {T} {S} KEEP
            uber-trace-id: {T}%3A{S}%3A0%3A1                            | {T} {S} KEEP
            uber-trace-id: {T}%3a{S}%3a0%3a1                            | {T} {S} KEEP
            uber-trace-id: {L}:{S}:0:1                                  | {L} {S} KEEP
            uber-trace-id: {T}:f067aa0ba902b7:0:1                     | {T} {S} KEEP
            uber-trace-id: 4BF92F3577B34DA6A3CE929D0E0E4736:{S}:0:1   | {T} {S} KEEP
            uber-trace-id: {T}:{S}::1                                   | {T} {S} KEEP
            uber-trace-id: 7:8:0:1                                    | 7 8 KEEP
            uber-trace-id: a3ce929d0e0e4736:8:0:1                     | {L} 8 KEEP
            uber-trace-id: 0{L}:{S}:0:1                                 | {L} {S} KEEP
            uber-trace-id: {T}:{S}:xyz:1                                | none
            uber-trace-id: {T}:{S}:7:1                                  | {T} {S} KEEP
            uber-trace-id: {T}:{S}:{T}{T}:1                               | {T} {S} KEEP
            uber-trace-id: {T}:xyz:0:1                                | none
            uber-trace-id: {T}%3A{S}:0%3A1                              | {T} {S} KEEP
            uber-trace-id: {T}:{S}:0                                    | none
            uber-trace-id: {T}:{S}:0:1:1                                | none
            uber-trace-id: {T}:{S}:0:                                   | none
            uber-trace-id: {T}:{S}:0:100                                | none
            uber-trace-id: {T}:{S}:0:x                                  | none
            uber-trace-id: 0:{S}:0:1                                  | none
            uber-trace-id: :{S}:0:1                                   | none
            uber-trace-id: {T}::0:1                                   | none
            uber-trace-id: {T}:0:0:1                                  | none
            uber-trace-id: {T}:{S}0:0:1                                 | none
            uber-trace-id: 0{T}:{S}:0:1                                 | none
            uber-trace-id: {T}%253AS%253A0%253A1                      | none
            """)
    void jaeger(String headers, String context) {
        check(headers, context);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            x-datadog-trace-id: {D} ~ x-datadog-parent-id: 67667974448284343 | {L} {S} UNKNOWN
            X-Datadog-Trace-Id: {D} ~ X-Datadog-Parent-Id: 67667974448284343 ~ X-Datadog-Sampling-Priority: 1 | {L} {S} KEEP
            x-datadog-trace-id: {D} ~ x-datadog-sampling-priority: 2  | {L} 0 KEEP
            x-datadog-trace-id: {D} ~ x-datadog-sampling-priority: 0  | {L} 0 DROP
            x-datadog-trace-id: {D} ~ x-datadog-sampling-priority: -1 | {L} 0 DROP
            x-datadog-trace-id: {D} ~ x-datadog-sampling-priority: x  | {L} 0 UNKNOWN
            x-datadog-trace-id: {D} ~ x-datadog-tags: _dd.p.tid=4bf92f3577b34da6 | {T} 0 UNKNOWN
            x-datadog-trace-id: {D} ~ x-datadog-tags: _dd.p.dm=-4,_dd.p.tid=4bf92f3577b34da6,_dd.p.usr=x | {T} 0 UNKNOWN
            x-datadog-trace-id: {D} ~ x-datadog-tags: _dd.p.tid=4BF92F3577B34DA6 | {L} 0 UNKNOWN
            x-datadog-trace-id: {D} ~ x-datadog-tags: _dd.p.tid=4bf92f3577b34da | {L} 0 UNKNOWN
            x-datadog-trace-id: {D} ~ x-datadog-tags: _dd.p.tid=4bf92f3577b34da60 | {L} 0 UNKNOWN
            x-datadog-trace-id: {D} ~ x-datadog-tags: _dd.p.tid=      | {L} 0 UNKNOWN
            x-datadog-trace-id: {D} ~ x-datadog-tags: my_dd.p.tid=4bf92f3577b34da6 | {L} 0 UNKNOWN
            x-datadog-trace-id: {D} ~ x-datadog-tags: _dd.p.tid=0000000000000000 | {L} 0 UNKNOWN
            x-datadog-trace-id: {D} ~ x-datadog-tags: _dd.propagation_error=extract_max_size | {L} 0 UNKNOWN
            x-datadog-trace-id: {D} ~ x-datadog-parent-id: 0          | {L} 0 UNKNOWN
            x-datadog-trace-id: {D} ~ x-datadog-parent-id: 00f067aa0ba902b7 | none
            x-datadog-trace-id: {D} ~ x-datadog-parent-id: 18446744073709551616 | none
            x-datadog-trace-id: {D} ~ x-datadog-parent-id: 18446744073709551615 | {L} ffffffffffffffff UNKNOWN
            x-datadog-trace-id: 18446744073709551615                | ffffffffffffffff 0 UNKNOWN
            x-datadog-trace-id: 00{D}                                 | none
            x-datadog-trace-id: 0                                   | none
            x-datadog-trace-id: -7                                  | none
            x-datadog-trace-id: 0x7                                 | none
            x-datadog-trace-id: {L}                                   | none
            x-datadog-trace-id: 18446744073709551616                | none
            x-datadog-trace-id: 100985939111033328018442752961257817910 | {T} 0 UNKNOWN
            x-datadog-trace-id: 0100985939111033328018442752961257817910 | none
            x-datadog-trace-id: 340282366920938463463374607431768211457 | none
            x-datadog-parent-id: 7 ~ x-datadog-tags: _dd.p.tid=4bf92f3577b34da6 | none
            """)
    void datadog(String headers, String context) {
        check(headers, context);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            X-Cloud-Trace-Context: {T}/67667974448284343;o=1          | {T} {S} KEEP
            x-cloud-trace-context: {T}/67667974448284343;o=0          | {T} {S} DROP
            x-cloud-trace-context: {T}/67667974448284343              | {T} {S} UNKNOWN
            x-cloud-trace-context: {T}/0;o=1                          | {T} 0 KEEP
            x-cloud-trace-context: {T}                                | none
            x-cloud-trace-context: {T}/{S};o=1                          | none
            x-cloud-trace-context: {L}/7;o=1                          | none
            x-cloud-trace-context: {T}/18446744073709551616           | none
            x-cloud-trace-context: {T}/7;o=                           | none
            x-cloud-trace-context: 4BF92F3577B34DA6A3CE929D0E0E4736/7;o=1 | none
            x-cloud-trace-context: 00000000000000000000000000000000/7;o=1 | none
            x-cloud-trace-context: {T}/18446744073709551615;o=1       | {T} ffffffffffffffff KEEP
            x-cloud-trace-context: {T};o=1                            | none
            ot-tracer-traceid: {L} ~ ot-tracer-spanid: {S} ~ ot-tracer-sampled: true | {L} {S} KEEP
            OT-Tracer-TraceId: {T} ~ OT-Tracer-SpanId: {S} ~ OT-Tracer-Sampled: 0 | {T} {S} DROP
            ot-tracer-traceid: {L} ~ ot-tracer-spanid: {S} ~ ot-tracer-sampled: false | {L} {S} DROP
            ot-tracer-traceid: 0000000000000000 ~ ot-tracer-spanid: {S} | none
            ot-tracer-traceid: A3CE929D0E0E4736 ~ ot-tracer-spanid: 00F067AA0BA902B7 | {L} {S} UNKNOWN
            ot-tracer-traceid: 7 ~ ot-tracer-spanid: {S}              | none
            ot-tracer-spanid: {S} ~ ot-tracer-sampled: true           | none
            ot-tracer-traceid: {T} ~ ot-tracer-sampled: true          | {T} 0 KEEP
            ot-tracer-traceid: {T} ~ ot-tracer-spanid: zyxwvutsrqponmlk | none
            ot-tracer-traceid: {T} ~ ot-tracer-spanid: {S}00          | none
            x-instana-t: {T} ~ x-instana-s: {S}00                     | none
            X-INSTANA-T: {L} ~ X-INSTANA-S: {S} ~ X-INSTANA-L: 1        | {L} {S} KEEP
            x-instana-t: {T} ~ x-instana-s: {S} ~ x-instana-l: 1,correlationType=web;correlationId=7 | {T} {S} KEEP
            x-instana-t: {T} ~ x-instana-s: {S} ~ x-instana-l: 0        | {T} {S} DROP
            x-instana-l: 0                                          | none
            x-instana-t: xyz ~ x-instana-s: {S}                       | none
            """)
    void othersOfKong(String headers, String context) {
        check(headers, context);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            b3: {O}-{S}-0 ~ traceparent: 00-{T}-{S}-01                      | {T} {S} KEEP
            uber-trace-id: {O}:{S}:0:0 ~ b3: {T}-{S}-1                      | {T} {S} KEEP
            traceparent: 00-{T}-{S}-FF ~ b3: {O}-{S}-1                      | {O} {S} KEEP
            traceparent: 00-{O}-{S}-01 ~ traceparent: 00-{O}-{S}-01 ~ b3: {T}-{S}-1 | {T} {S} KEEP
            b3: x ~ x-b3-traceid: 7 ~ uber-trace-id: y ~ x-datadog-trace-id: z ~ x-amzn-trace-id: Root={R} | {T} 0 UNKNOWN
            authorization: {T} ~ x-request-id: {T}                      | none
            """)
    void mixed(String headers, String context) {
        check(headers, context);
    }

    @Test
    void contextOfTheRequestBefore_isForgotten() {
        PropagationHeaders headers = new PropagationHeaders();
        headers.add("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");
        headers.clear();
        headers.add("traceparent", "00-" + OTHER + "-00f067aa0ba902b7-01");

        assertThat(headers.traceId().orElseThrow().hex()).isEqualTo(OTHER);
    }

    private static void check(String row, String expected) {
        PropagationHeaders headers = new PropagationHeaders();
        for (String header : row.split(" ~ ", -1)) {
            int colon = header.indexOf(':');
            String value = header.substring(colon + 1);
            headers.add(header.substring(0, colon), full(value.startsWith(" ") ? value.substring(1) : value));
        }

        String context = headers.context()
                .map(found -> "%s %016x %s"
                        .formatted(found.traceId().hex(), found.spanId(), found.sampling())
                        .toUpperCase(Locale.ROOT))
                .orElse("NONE");

        assertThat(context).isEqualTo(expected(expected));
    }

    /** The trace ID in 32 digits and the span ID in 16. */
    private static String expected(String row) {
        String[] parts = full(row).split(" ", -1);
        if (parts.length == 1) {
            return "NONE";
        }
        String trace = "0".repeat(32 - parts[0].length()) + parts[0];
        String span = "0".repeat(16 - parts[1].length()) + parts[1];
        return (trace + ' ' + span + ' ' + parts[2]).toUpperCase(Locale.ROOT);
    }

    private static String full(String text) {
        return text.replace("\\t", "\t")
                .replace("{T}", TRACE)
                .replace("{O}", OTHER)
                .replace("{L}", "a3ce929d0e0e4736")
                .replace("{D}", "11803532876627986230")
                .replace("{R}", "1-4bf92f35-77b34da6a3ce929d0e0e4736")
                .replace("{S}", "00f067aa0ba902b7");
    }
}
