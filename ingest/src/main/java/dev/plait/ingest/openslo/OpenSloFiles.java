package dev.plait.ingest.openslo;

import dev.plait.ingest.openslo.OpenSloObject.Kind;
import dev.plait.schemas.model.SloDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Resolves OpenSLO v1 files (openslo.com, github.com/OpenSLO/OpenSLO) whose metric sources are of type {@code plait} into
 * definitions that refer to nothing. A file holds any number of YAML documents; references are looked for in all of them. All
 * problems of all files are found at once; an SLO with one, or that refers to something with one, is left out.
 *
 * <p>Occurrences over one rolling window of 1 h to 366 days, one objective; time slices, calendar windows and composites are
 * refused as later. An SLO without {@code alertPolicies} gets the burn-rate alerts of {@link BurnDefaults}. The value of a
 * threshold metric is a duration in seconds.
 */
public final class OpenSloFiles {
    private OpenSloFiles() {}

    /**
     * Resolves some files.
     *
     * @param files text by name, in the order in which definitions are to come
     * @param timeScale 1 or more: windows, times before alerts and periods are divided by it, for demonstrations and tests;
     *     windows are rounded up to 10 s, burn-rate factors stay
     */
    public static Resolved resolve(Map<String, String> files, double timeScale) {
        Scale scale = new Scale(timeScale);
        Problems problems = new Problems();
        Catalog catalog = new Catalog();
        files.forEach((file, text) -> YamlDocuments.of(file, text, problems)
                .forEach(document -> OpenSloObject.ofDocument(new Fields(file, "", document.line(), document, problems))
                        .ifPresent(catalog::add)));
        catalog.all(Kind.DATA_SOURCE).forEach(DataSources::check);
        catalog.all(Kind.SERVICE).forEach(DataSources::checkNamed);
        catalog.all(Kind.NOTIFICATION_TARGET).forEach(DataSources::checkNamed);
        SliReader indicators = new SliReader(catalog, problems);
        catalog.all(Kind.SLI).forEach(indicators::read);
        ConditionReader conditions = new ConditionReader(problems);
        catalog.all(Kind.ALERT_CONDITION).forEach(conditions::read);
        AlertReader alerts = new AlertReader(catalog, problems, conditions, scale);
        catalog.all(Kind.ALERT_POLICY).forEach(alerts::read);
        SloReader reader = new SloReader(catalog, problems, indicators, alerts, scale);
        List<SloDefinition> definitions = new ArrayList<>();
        List<Resolved.Expression> expressions = new ArrayList<>();
        for (OpenSloObject object : catalog.all(Kind.SLO)) {
            reader.read(object).ifPresent(slo -> {
                definitions.add(slo.definition());
                slo.texts()
                        .forEach(text -> expressions.add(new Resolved.Expression(
                                slo.definition().name(), text.where(), text.file(), text.line(), text.key())));
            });
        }
        return new Resolved(definitions, expressions, problems.sorted());
    }
}
