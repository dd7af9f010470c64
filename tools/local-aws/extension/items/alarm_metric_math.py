from ministack.services.cloudformation import provisioners

from handlers import without
from registry import recorded_only

#: What an alarm of one metric needs; nobody publishes this one.
PLACEHOLDER = {"MetricName": "metric math", "Namespace": "LocalAws"}


@recorded_only("metric math of alarms")
def install(item):
    """Alarms over several metrics show their expressions and never change their state; the emulator refuses them."""
    record = provisioners._cw_metric_alarm_record

    def record_with_metrics(name, props):
        if not props.get("Metrics"):
            return record(name, props)
        item.used()
        alarm = record(name, {**without(props, "Metrics"), **PLACEHOLDER})
        return {**without(alarm, *PLACEHOLDER, "Statistic", "Period"), "Metrics": props["Metrics"]}

    provisioners._cw_metric_alarm_record = record_with_metrics
