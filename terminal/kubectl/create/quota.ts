import { KubectlError } from '../errors.ts'
import { parseResourceList } from '../resources/quantities.ts'
import { defineGenerator } from './generate.ts'

/** Upstream: kubectl/pkg/cmd/create/create_quota.go. */
export const createQuota = defineGenerator({
  name: 'quota',
  aliases: ['resourcequota'],
  summary: 'Create a quota with the specified name',
  long: 'Create a resource quota with the specified name, hard limits, and optional scopes.',
  usage: 'NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2] [--dry-run=server|client|none]',
  examples: [
    '# Limits for a namespace',
    'kubectl create quota team --hard=cpu=1,memory=1G,pods=2,services=3',
    '',
    '# For pods without requests and limits only',
    'kubectl create quota best-effort --hard=pods=100 --scopes=BestEffort',
  ],
  flags: {
    hard: { kind: 'string', default: '', summary: 'Limits, written resource=quantity and separated by commas.' },
    scopes: { kind: 'string', default: '', summary: 'Scopes that an object must all match, separated by commas.' },
  },
  resource: 'resourcequotas',
  failure: 'failed to create quota',
  build: (name, { flags }) => {
    const [hard, scopes] = [flags.string('hard'), flags.string('scopes')]
    const spec = {
      ...(hard !== '' && { hard: parseResourceList(hard) }),
      ...(scopes !== '' && { scopes: parseScopes(scopes) }),
    }
    return { metadata: { name }, spec, status: {} }
  },
})

function parseScopes(text: string): readonly string[] {
  const scopes = text.split(',')
  if (scopes.includes('')) throw new KubectlError('invalid resource quota scope ""')
  return scopes
}
