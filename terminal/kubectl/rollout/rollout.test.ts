import { beforeAll, describe, expect, it } from 'vitest'
import { type Replay, replay } from '../testing/replay.ts'

const SET = `cat > set.yaml <<END
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: c, image: "nginx:1.24"}]}
END`

describe('rollouts of what keeps ControllerRevisions', () => {
  let shell: Replay
  beforeAll(async () => {
    shell = replay('rollout')
    await shell.run(SET)
    await shell.run('kubectl apply -f set.yaml')
    shell.cluster.settle(30)
  })

  it('have nothing to go back to at first', async () => {
    expect(await shell.text('kubectl rollout undo ds/agent')).toBe('error: no last revision to roll back to\n')
  })

  it('are listed, shown and undone', async () => {
    await shell.run('kubectl set image ds/agent c=nginx:1.25')
    shell.cluster.settle(30)
    expect(await shell.text('kubectl rollout history ds/agent')).toBe(
      'daemonset.apps/agent \nREVISION  CHANGE-CAUSE\n1         <none>\n2         <none>\n\n',
    )
    expect(await shell.text('kubectl rollout history ds/agent --revision=1')).toContain(
      'with revision #1\nPod Template:',
    )
    expect(await shell.text('kubectl rollout undo ds/agent --dry-run=client 2>/dev/null')).toMatch(
      /will roll back to Pod Template:[\s\S]*nginx:1.24[\s\S]* \(dry run\)\n$/,
    )
    expect(await shell.text('kubectl rollout undo ds/agent')).toBe(
      "daemonset.apps/agent rolled back\nWarning: resource daemonsets/agent was previously managed with 'kubectl apply'. Rolling back will not update the kubectl.kubernetes.io/last-applied-configuration annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.\n",
    )
    shell.cluster.settle(30)
    expect(await shell.text('kubectl rollout undo ds/agent --to-revision=3 2>/dev/null')).toBe(
      'daemonset.apps/agent skipped rollback (current template already matches revision 3)\n',
    )
  })

  it.each([
    ['pause ds/agent', 'daemonsets.apps "agent" pausing is not supported'],
    ['history ds/agent --revision=9', 'unable to find the specified revision'],
    ['undo ds/agent --to-revision=9', 'unable to find specified revision 9 in history'],
    ['undo svc/kubernetes', 'error retrieving rollbacker for "Service", no visitor method exists for { Service}'],
  ])('refuse %s', async (words, message) => {
    expect(await shell.text(`kubectl rollout ${words}`)).toBe(`error: ${message}\n`)
  })
})
