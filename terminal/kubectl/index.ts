/** Every kubectl command, in the order in which `kubectl --help` lists them and suggestions are made. */
import type { Subcommand } from './cli/subcommand.ts'
import { alpha } from './commands/alpha.ts'
import { annotate } from './commands/annotate.ts'
import { apiResources } from './commands/api-resources.ts'
import { apiVersions } from './commands/api-versions.ts'
import { apply } from './commands/apply.ts'
import { attach } from './commands/attach.ts'
import { auth } from './commands/auth.ts'
import { autoscale } from './commands/autoscale.ts'
import { certificate } from './commands/certificate.ts'
import { clusterInfo } from './commands/cluster-info.ts'
import { completion } from './commands/completion.ts'
import { config } from './commands/config.ts'
import { cordon, uncordon } from './commands/cordon.ts'
import { cp } from './commands/cp.ts'
import { create } from './commands/create.ts'
import { debug } from './commands/debug.ts'
import { remove } from './commands/delete.ts'
import { describe } from './commands/describe.ts'
import { diff } from './commands/diff.ts'
import { drain } from './commands/drain.ts'
import { edit } from './commands/edit.ts'
import { events } from './commands/events.ts'
import { exec } from './commands/exec.ts'
import { explain } from './commands/explain.ts'
import { expose } from './commands/expose.ts'
import { get } from './commands/get.ts'
import { kuberc } from './commands/kuberc.ts'
import { kustomize } from './commands/kustomize.ts'
import { label } from './commands/label.ts'
import { logs } from './commands/logs.ts'
import { patch } from './commands/patch.ts'
import { plugin } from './commands/plugin.ts'
import { portForward } from './commands/port-forward.ts'
import { proxy } from './commands/proxy.ts'
import { replace } from './commands/replace.ts'
import { rollout } from './commands/rollout.ts'
import { run } from './commands/run.ts'
import { scale } from './commands/scale.ts'
import { set } from './commands/set.ts'
import { taint } from './commands/taint.ts'
import { top } from './commands/top.ts'
import { version } from './commands/version.ts'
import { wait } from './commands/wait.ts'

export const subcommands: readonly Subcommand[] = [
  create,
  expose,
  run,
  set,
  explain,
  get,
  edit,
  remove,
  rollout,
  scale,
  autoscale,
  certificate,
  clusterInfo,
  top,
  cordon,
  uncordon,
  drain,
  taint,
  describe,
  logs,
  attach,
  exec,
  portForward,
  proxy,
  cp,
  auth,
  debug,
  events,
  diff,
  apply,
  patch,
  replace,
  wait,
  kustomize,
  label,
  annotate,
  completion,
  alpha,
  apiResources,
  apiVersions,
  config,
  kuberc,
  plugin,
  version,
]
