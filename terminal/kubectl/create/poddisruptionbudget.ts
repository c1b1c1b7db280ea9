import type { JsonValue } from '../../../emulator/index.ts'
import { KubectlError } from '../errors.ts'
import { asJson } from '../print/output.ts'
import { parseSelector } from '../resources/labels.ts'
import { defineGenerator } from './generate.ts'

/** Upstream: kubectl/pkg/cmd/create/create_pdb.go. */
export const createPodDisruptionBudget = defineGenerator({
  name: 'poddisruptionbudget',
  aliases: ['pdb'],
  summary: 'Create a pod disruption budget with the specified name',
  long: 'Create a pod disruption budget with the specified name, selector, and desired minimum available pods.',
  usage: 'NAME --selector=SELECTOR --min-available=N [--dry-run=server|client|none]',
  examples: [
    '# At least one pod with a label must stay',
    'kubectl create poddisruptionbudget web --selector=app=web --min-available=1',
    '',
    '# At least half of them',
    'kubectl create pdb web --selector=app=web --min-available=50%',
  ],
  flags: {
    'max-unavailable': { kind: 'string', default: '', summary: 'Most pods, or share of them, that may be away.' },
    'min-available': { kind: 'string', default: '', summary: 'Fewest pods, or share of them, that must stay.' },
    selector: { kind: 'string', default: '', summary: 'Label selector of the pods.' },
  },
  resource: 'poddisruptionbudgets.policy',
  failure: 'failed to create poddisruptionbudgets',
  build: (name, { flags }) => {
    const [selector, least, most] = ['selector', 'min-available', 'max-unavailable'].map((f) => flags.string(f))
    if (!selector) throw new KubectlError('a selector must be specified')
    if (!most && !least) throw new KubectlError('one of min-available or max-unavailable must be specified')
    if (most && least) throw new KubectlError('min-available and max-unavailable cannot be both specified')
    const spec = {
      ...(least && { minAvailable: share(least, 'min-available') }),
      ...(most && { maxUnavailable: share(most, 'max-unavailable') }),
      selector: asJson(parseSelector(selector)),
    }
    const status = { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 }
    return { metadata: { name }, spec, status }
  },
})

function share(text: string, flag: string): JsonValue {
  if (!/^\d+%?$/.test(text)) throw new KubectlError(`invalid format specified for ${flag}`)
  return text.endsWith('%') ? text : Number(text)
}
