package dev.plait.ingest.openslo;

/** OpenSLO files of tests. */
final class SloFiles {
    static final String ORDERS = """
            # the promise of the shop
            apiVersion: openslo/v1
            kind: SLO
            metadata:
              name: orders
              displayName: Orders answer
              labels: { team: [shop, web] }
              annotations:
                plait.dev/group-by: route, region
                plait.dev/min-events: "20"
                example.com/dashboard: https://example.com/d
            spec:
              description: Orders answer in time
              service: shop
              timeWindow: [{ duration: 30d, isRolling: true }]
              budgetingMethod: Occurrences
              indicator:
                metadata: { name: orders-in-time }
                spec:
                  ratioMetric:
                    counter: true
                    total:
                      metricSource:
                        type: plait
                        spec:
                          source: gateway-log
                          where: route == "orders"
                    good:
                      metricSource:
                        type: plait
                        spec:
                          source: gateway-log
                          where: status < 500
                          max-duration: 300ms
              objectives:
                - displayName: three nines
                  target: 0.999
            """;

    static final String REFERRING = """
            apiVersion: openslo/v1
            kind: SLO
            metadata: { name: latency }
            spec:
              service: shop
              timeWindow:
                - duration: 4w
                  isRolling: true
              indicatorRef: fast
              objectives:
                - { op: lt, value: 0.5, targetPercent: 99.95 }
              alertPolicies:
                - fast-burn
                - alertPolicyRef: many-errors
                - kind: AlertPolicy
                  metadata: { name: few-requests }
                  spec:
                    conditions:
                      - kind: AlertCondition
                        metadata: { name: few }
                        spec:
                          severity: ticket
                          condition: { kind: request-rate, op: lt, threshold: 0.5, lookbackWindow: 15m }
                - silent
            """;

    static final String PARTS = """
            apiVersion: openslo/v1
            kind: Service
            metadata: { name: shop, displayName: The shop }
            spec: { description: sells things }
            ---
            apiVersion: openslo/v1
            kind: DataSource
            metadata: { name: plait-metrics }
            spec: { type: plait, connectionDetails: { anything: [1, 2] } }
            ---
            apiVersion: openslo/v1
            kind: SLI
            metadata: { name: fast }
            spec:
              thresholdMetric:
                metricSource:
                  metricSourceRef: plait-metrics
                  spec: { source: metric, metric: http.server.request.duration }
            ---
            # nothing
            ---
            apiVersion: openslo/v1
            kind: AlertPolicy
            metadata: { name: fast-burn }
            spec:
              alertWhenBreaching: true
              alertWhenResolved: false
              alertWhenNoData: true
              conditions: [{ conditionRef: burning }]
              notificationTargets: [{ targetRef: pager }]
            ---
            apiVersion: openslo/v1
            kind: AlertNotificationTarget
            metadata: { name: pager }
            spec: { target: email }
            ---
            apiVersion: openslo/v1
            kind: AlertCondition
            metadata: { name: burning, annotations: { plait.dev/short-window: 5m } }
            spec:
              severity: page
              condition: { kind: burnrate, op: gt, threshold: 14.4, lookbackWindow: 1h, alertAfter: 2m }
            ---
            apiVersion: openslo/v1
            kind: AlertPolicy
            metadata: { name: many-errors }
            spec: { conditions: [{ conditionRef: errors }] }
            ---
            apiVersion: openslo/v1
            kind: AlertCondition
            metadata: { name: errors }
            spec: { severity: ticket, condition: { kind: error-rate, op: gte, threshold: 0.05, lookbackWindow: 10m, alertAfter: 0m } }
            ---
            apiVersion: openslo/v1
            kind: AlertPolicy
            metadata: { name: silent }
            spec:
              alertWhenNoData: true
              conditions:
                - metadata: { name: silence }
                  spec: { severity: page, condition: { kind: absence, lookbackWindow: 5m } }
            """;

    private SloFiles() {}
}
