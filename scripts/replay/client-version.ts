import type { StepResult } from './cases.ts'

interface ClientDifference {
  /** Minor version of the first kubectl that prints as the recordings' 1.36 does. */
  readonly since: number
  readonly reason: string
  /** Takes away what only one of the two versions prints. */
  readonly fold: (text: string) => string
}

/** What kubectl 1.36 prints otherwise than an older kubectl, of its own accord: no server can make up for it. */
export const clientDifferences: readonly ClientDifference[] = [
  {
    since: 34,
    reason: '`kubectl delete` names the namespace: `deleted from default namespace`',
    fold: (text) => text.replace(/((?:force )?deleted) from \S+ namespace/g, '$1'),
  },
  {
    since: 34,
    reason: 'generated manifests no longer say `creationTimestamp: null`',
    fold: (text) =>
      text
        .replace(/^ *creationTimestamp: null\n/gm, '')
        .replace(/^( *)metadata: \{\}$/gm, '$1metadata:')
        .replace(/"creationTimestamp":null,?/g, '')
        .replace(/,\}/g, '}'),
  },
  {
    since: 34,
    reason: 'the output format `kyaml` is new',
    fold: (text) => text.replaceAll(',kyaml,', ','),
  },
  {
    since: 35,
    reason: 'attaching warns that the session is recorded in the container’s log',
    fold: (text) =>
      text.replace(/^All commands and output from this session will be recorded in container logs.*\n/gm, ''),
  },
  {
    since: 35,
    reason: 'a wrong container’s name is answered with the names that there are, before the server is asked',
    fold: (text) =>
      text
        .replace(/(is not valid for pod \S+) out of: .*$/gm, '$1')
        .replace(/^Error from server \(BadRequest\)(: container \S+ is not valid)/gm, 'error$1'),
  },
  {
    since: 36,
    reason: '`kubectl scale` says of a missing object only that it is not found',
    fold: (text) =>
      text.replace(/^error: no objects passed to scale (\S+ "[^"]*" not found)$/gm, 'Error from server (NotFound): $1'),
  },
  {
    since: 36,
    reason: '`kubectl describe` of several objects leaves their events out',
    fold: (text) => ((text.match(/^Name:/gm)?.length ?? 0) > 1 ? text.replace(/^Events: +<none>\n/gm, '') : text),
  },
  {
    since: 35,
    reason: '`--cpu-percent` of `kubectl autoscale` is deprecated in favour of `--cpu`',
    fold: (text) => text.replace(/^Flag --cpu-percent has been deprecated, .*\n/gm, ''),
  },
]

/** A step's output without what only kubectls from other versions than `minor` print. */
export function foldVersions<T extends StepResult>(step: T, minor: number): T {
  const fold = (text: string): string =>
    clientDifferences.reduce((folded, { since, fold }) => (minor < since ? fold(folded) : folded), text)
  return { ...step, stdout: fold(step.stdout), stderr: fold(step.stderr) }
}
