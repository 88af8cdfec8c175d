package dev.plait.app.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Records of {@code plait-traces} as small as the tests need them. */
final class TraceJsonSamples {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TraceJsonSamples() {}

    /** Single quotes stand for double ones. */
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode revision(String traceId, int revision, boolean delta) {
        return json("{'traceId':'" + traceId + "','revision':" + revision + ",'delta':" + delta + "}");
    }

    /** A failed purchase: two spans, a log in the inner one, an access log without a span. */
    static JsonNode failedPurchase() {
        return json("""
                {'traceId':'4bf92f3577b34da6a3ce929d0e0e4736','idWidth':128,'replacesTraceId':null,'revision':2,'delta':false,
                'closedBecause':'ROOT_COMPLETE','startEpochNanos':1767225600000000000,'durationNanos':50000000,'status':'ERROR',
                'root':{'spanId':'00f067aa0ba902b7','service':'kong','name':'kong','kind':'SERVER'},
                'gateway':{'product':'kong','name':null,'route':'checkout-v1','service':'checkout','consumer':null,
                 'requestId':'9f0c1e0c6d7a4b0f8a3a0c5c1b2d3e4f','method':'POST','path':'/checkout','status':503,
                 'clientAddress':'203.0.113.9','startEpochNanos':1767225600000000000,'totalMs':50.0,'gatewayMs':3.0,
                 'upstreamMs':47.0,'tries':1,'responseFlags':[],'source':null,'destination':null},
                'hops':[],'services':['kong','payments'],
                'spans':[
                 {'spanId':'00f067aa0ba902b7','parentSpanId':null,'service':'kong','name':'kong','kind':'SERVER',
                  'startEpochNanos':1767225600000000000,'durationNanos':50000000,'error':true,'onCriticalPath':true,
                  'statusMessage':null,'attributes':{'kong.request.id':'9f0c1e0c6d7a4b0f8a3a0c5c1b2d3e4f'}},
                 {'spanId':'00f067aa0ba902b8','parentSpanId':'00f067aa0ba902b7','service':'payments','name':'POST /charges',
                  'kind':'SERVER','startEpochNanos':1767225600025000000,'durationNanos':25000000,'error':true,
                  'onCriticalPath':false,'statusMessage':'no answer','attributes':{}}],
                'logs':[
                 {'timeEpochNanos':1767225600030000000,'service':'payments','severity':'ERROR','severityNumber':17,
                  'body':'charge\\nfailed','spanId':'00f067aa0ba902b8','source':'otlp','joinedBy':'TRACE_ID','attributes':{}},
                 {'timeEpochNanos':1767225600000000000,'service':'kong','severity':null,'severityNumber':0,
                  'body':'POST /checkout 503','spanId':null,'source':'kong','joinedBy':'REQUEST_ID','attributes':{}}],
                'exemplars':[],'context':[],'criticalPath':[],
                'rootCause':{'service':'payments','operation':'POST /charges','spanId':'00f067aa0ba902b8','kind':'UPSTREAM',
                 'reason':'status 503'},
                'counts':{'spans':2,'errors':2,'logs':2,'exemplars':0,'duplicates':1,'dropped':0},
                'verdict':{'complete':true,'rootSeen':true,'gatewayLogSeen':true,'missingParents':0,'ambiguousId':false,
                 'truncated':false,'maxClockSkewNanos':0},
                'tags':{},'sampling':{'keep':true,'reason':'error','probability':1.0}}
                """);
    }
}
