import { expect, it } from 'vitest'
import { replay } from '../testing/replay.ts'

const WARNING = "warning: couldn't attach to pod/t, falling back to streaming logs: "

it('kubectl run shows the log of a container that ended before it could be attached to', async () => {
  const { run } = replay('run-fall-back')
  const { stdout, stderr, code } = await run('kubectl run t -i --restart=Never --image=busybox -- echo hi')
  expect(stdout).toBe('hi\n')
  expect(stderr).toContain(
    `${WARNING}Internal error occurred: unable to upgrade connection: container not found ("t")\n`,
  )
  expect(code).toBe(0)
})

it('kubectl run says nothing of the kind where the container still runs', async () => {
  const { run } = replay('run-attached')
  const { stdout, stderr } = await run("kubectl run t -i --restart=Never --image=busybox -- sh -c 'sleep 2; echo hi'")
  expect(stdout).toBe('hi\n')
  expect(stderr).not.toContain('warning')
})
