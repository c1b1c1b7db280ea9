import { beforeEach, describe, expect, it } from 'vitest'
import { type Cluster, createCluster } from '../../../emulator/index.ts'
import { createSession } from '../../session.ts'
import { virtualTime } from '../../time.ts'

let cluster: Cluster
let out: (line: string) => Promise<string>

beforeEach(() => {
  cluster = createCluster({ seed: 'jobs', startTime: Date.UTC(2026, 0, 1) })
  const session = createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root' })
  out = async (line) => {
    const { stdout, stderr } = await session.run(line)
    return stdout + stderr
  }
})

describe('jobs and cron jobs on the command line', () => {
  it('run, are waited for, and leave their log', async () => {
    expect(await out('kubectl create job hello --image=busybox -- echo hi')).toBe('job.batch/hello created\n')
    expect(await out('kubectl wait --for=condition=complete job/hello --timeout=60s')).toBe(
      'job.batch/hello condition met\n',
    )
    expect(await out('kubectl get jobs --no-headers')).toMatch(/^hello +Complete +1\/1 +\d+s +\d+s\n$/)
    expect(await out('kubectl logs job/hello')).toBe('hi\n')
  })

  it('make a job of a cron job by hand', async () => {
    await out('kubectl create cronjob report --image=busybox --schedule="0 4 * * *" -- date')
    expect(await out('kubectl create job now --from=cronjob/report')).toBe('job.batch/now created\n')
    expect(await out('kubectl create job now --from=pod/report')).toBe(
      'Error from server (NotFound): pods "report" not found\n',
    )
    expect(await out('kubectl create job now --from=cm/kube-root-ca.crt')).toBe(
      'error: unknown object type *v1.ConfigMap\n',
    )
    cluster.settle(30)
    const path =
      "'{.spec.template.spec.containers[0].command[0]} {.metadata.ownerReferences[0].name} {.status.succeeded}'"
    expect(await out(`kubectl get job now -o jsonpath=${path}`)).toBe('date report 1')
    expect(await out('kubectl describe cronjob report')).toContain(
      'Saw a job that the controller did not create or forgot: now',
    )
  })

  it('follow a StatefulSet to the end of its rollout', async () => {
    await out(`cat > web.yaml <<END
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  replicas: 2
  serviceName: web
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: nginx}]}
END`)
    await out('kubectl apply -f web.yaml')
    expect(await out('kubectl rollout status sts/web')).toMatch(
      /pods to be ready\.\.\.\n.*partitioned roll out complete: 2 new pods have been updated\.\.\.\n$/s,
    )
    expect(await out('kubectl get sts --no-headers')).toMatch(/^web +2\/2 +\d+s\n$/)
  })
})
