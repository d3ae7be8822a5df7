import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mlflow.api.proto.Service.CreateRun;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.ActiveRun;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowContext;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.RunsPage;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/** What a user of MLflow's Java client does, against the server that MLFLOW_TRACKING_URI names. */
public class Tracking {
  /** The client does not read MLFLOW_TRACKING_TOKEN by itself. */
  private static final MlflowClient client = new MlflowClient(
      new BasicMlflowHostCreds(System.getenv("MLFLOW_TRACKING_URI"), System.getenv("MLFLOW_TRACKING_TOKEN")));

  private static void check(boolean holds, Object shown) {
    if (!holds) throw new AssertionError(shown);
  }

  /** Anything but this refusal is an error. */
  private static void refused(int status, String code, Runnable work) {
    try {
      work.run();
    } catch (MlflowHttpException error) {
      check(error.getStatusCode() == status && error.getBodyMessage().contains(code), error.getBodyMessage());
      return;
    }
    throw new AssertionError("not refused with " + status + " " + code);
  }

  private static Map<String, String> tags(Run run) {
    return run.getData().getTagsList().stream().collect(Collectors.toMap(RunTag::getKey, RunTag::getValue));
  }

  private static Metric metric(String key, double value, long time, long step) {
    return Metric.newBuilder().setKey(key).setValue(value).setTimestamp(time).setStep(step).build();
  }

  private static String experiments() {
    check(client.getExperiment("0").getName().equals("Default"), client.getExperiment("0"));
    String id = client.createExperiment("from Java, größer");
    client.setExperimentTag(id, "team", "red");
    client.renameExperiment(id, "Java");
    Experiment read = client.getExperimentByName("Java").orElseThrow();
    check(read.getExperimentId().equals(id) && read.getTags(0).getValue().equals("red"), read);
    check(read.getCreationTime() > 1_600_000_000_000L, read);
    check(client.getExperimentByName("nowhere").isEmpty(), "nowhere");
    check(client.searchExperiments("tags.team = 'red'").getItems().iterator().next().getName().equals("Java"), "search");
    client.deleteExperiment(id);
    check(client.getExperiment(id).getLifecycleStage().equals("deleted"), client.getExperiment(id));
    client.restoreExperiment(id);
    return id;
  }

  private static String run(String experiment) {
    CreateRun wanted = CreateRun.newBuilder().setExperimentId(experiment).setUserId("ada").setStartTime(1_700_000_000_000L)
        .setRunName("one").addTags(RunTag.newBuilder().setKey("kind").setValue("first")).build();
    RunInfo info = client.createRun(wanted);
    check(info.getRunId().length() == 32 && info.getStatus() == RunStatus.RUNNING, info);
    check(info.getStartTime() == 1_700_000_000_000L && info.getUserId().equals("ada"), info);
    String id = info.getRunId();
    client.logParam(id, "depth", "3");
    client.logParam(id, "depth", "3");
    client.logMetric(id, "acc", 0.5, 1_700_000_000_001L, 1);
    client.logMetric(id, "acc", 0.75, 1_700_000_000_000L, 2);
    client.logMetric(id, "loss", Double.NaN, 1, 0);
    client.logMetric(id, "gain", Double.NEGATIVE_INFINITY, 1, -3);
    client.setTag(id, "note", "two\nlines");
    client.setTag(id, "gone", "soon");
    client.deleteTag(id, "gone");
    Run read = client.getRun(id);
    Map<String, Metric> latest = read.getData().getMetricsList().stream().collect(Collectors.toMap(Metric::getKey, one -> one));
    check(latest.get("acc").getValue() == 0.75 && latest.get("acc").getStep() == 2, latest);
    check(Double.isNaN(latest.get("loss").getValue()), latest);
    check(latest.get("gain").getValue() == Double.NEGATIVE_INFINITY && latest.get("gain").getStep() == -3, latest);
    check(read.getData().getParams(0).getValue().equals("3") && read.getData().getParamsCount() == 1, read);
    check(tags(read).equals(Map.of("kind", "first", "note", "two\nlines", "mlflow.runName", "one")), tags(read));
    return id;
  }

  private static void batch(String id) {
    List<Metric> points = IntStream.range(0, 800).mapToObj(step -> metric("curve", step / 10.0, 5_000_000_000L + step, step))
        .collect(Collectors.toList());
    client.logBatch(id, points, List.of(Param.newBuilder().setKey("lr").setValue("0.1").build()),
        List.of(RunTag.newBuilder().setKey("batch").setValue("yes").build()));
    List<Metric> history = client.getMetricHistory(id, "curve");
    check(history.equals(points), history.size());
    List<Long> steps = client.getMetricHistory(id, "acc").stream().map(Metric::getStep).collect(Collectors.toList());
    check(steps.equals(List.of(2L, 1L)), steps);
    check(client.getMetricHistory(id, "never").isEmpty(), "never");
  }

  private static void search(String experiment, String id) {
    for (int index = 0; index < 3; index += 1) {
      RunInfo more = client.createRun(CreateRun.newBuilder().setExperimentId(experiment).setStartTime(10 + index).build());
      client.logMetric(more.getRunId(), "acc", index);
    }
    List<RunInfo> found = client.searchRuns(List.of(experiment), "metrics.acc > 0.7 and params.depth = '3'");
    check(found.size() == 1 && found.get(0).getRunId().equals(id), found);
    List<Double> values = new ArrayList<>();
    RunsPage page = client.searchRuns(List.of(experiment), "", ViewType.ACTIVE_ONLY, 2, List.of("metrics.acc DESC"));
    for (; ; page = (RunsPage) page.getNextPage()) {
      for (Run one : page.getItems())
        one.getData().getMetricsList().stream().filter(each -> each.getKey().equals("acc")).forEach(each -> values.add(each.getValue()));
      if (!page.hasNextPage()) break;
    }
    check(values.equals(List.of(2.0, 1.0, 0.75, 0.0)), values);
  }

  private static void endings(String experiment, String id) {
    client.setTerminated(id, RunStatus.KILLED, 1_700_000_005_000L);
    RunInfo ended = client.getRun(id).getInfo();
    check(ended.getStatus() == RunStatus.KILLED && ended.getEndTime() == 1_700_000_005_000L, ended);
    client.deleteRun(id);
    check(client.getRun(id).getInfo().getLifecycleStage().equals("deleted"), "deleted");
    check(client.searchRuns(List.of(experiment), "", ViewType.DELETED_ONLY).size() == 1, "deleted runs");
    client.restoreRun(id);
    check(client.getRun(id).getInfo().getLifecycleStage().equals("active"), "restored");
  }

  private static void fluent() {
    MlflowContext context = new MlflowContext(client).setExperimentName("Java");
    ActiveRun parent = context.startRun("parent");
    ActiveRun child = context.startRun("child", parent.getId());
    child.logMetrics(Map.of("a", 1.0, "b", 2.0), 7);
    child.logParams(Map.of("p", "1"));
    child.setTags(Map.of("t", "1"));
    child.endRun();
    parent.endRun(RunStatus.FAILED);
    Run read = client.getRun(child.getId());
    check(tags(read).get("mlflow.parentRunId").equals(parent.getId()), tags(read));
    check(tags(read).get("mlflow.runName").equals("child") && read.getInfo().getStatus() == RunStatus.FINISHED, read);
    check(read.getData().getMetricsList().stream().allMatch(one -> one.getStep() == 7), read);
    check(client.getRun(parent.getId()).getInfo().getStatus() == RunStatus.FAILED, "parent");
  }

  private static void refusals(String id) {
    refused(404, "RESOURCE_DOES_NOT_EXIST", () -> client.getRun("0".repeat(32)));
    refused(400, "RESOURCE_ALREADY_EXISTS", () -> client.createExperiment("Java"));
    refused(400, "INVALID_PARAMETER_VALUE", () -> client.logParam(id, "depth", "4"));
  }

  public static void main(String[] arguments) throws Exception {
    String experiment = experiments();
    String id = run(experiment);
    batch(id);
    search(experiment, id);
    endings(experiment, id);
    fluent();
    long before = System.nanoTime();
    refusals(id);
    System.out.println("refusals took " + (System.nanoTime() - before) / 1_000_000 + " ms");
    client.close();
    System.out.println("ok");
  }
}
