import { expect, it } from 'vitest'
import type { AdmissionRequest } from '../api/admission.ts'
import { encodeBase64 } from '../api/base64.ts'
import type { KubeObject } from '../api/types.ts'
import { configMap } from '../kinds/config-map.ts'
import { strategyContext } from '../kinds/testing/fake-objects.ts'
import type { Exchange, Place } from '../network/types.ts'
import { mutatingWebhooks } from './mutating-webhooks.ts'

const host: Place = { kind: 'machine', name: 'controlplane' }

type Said = Pick<Exchange, 'outcome'> & { readonly response?: object }

const rules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }]
const webhook = (name: string, more: object = {}) => ({
  name,
  rules,
  clientConfig: { url: `https://${name}/` },
  failurePolicy: 'Fail',
  ...more,
})
const configuration = (...webhooks: readonly object[]): KubeObject => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'MutatingWebhookConfiguration',
  metadata: { name: 'all' },
  ...{ webhooks },
})
const patch = (...operations: readonly object[]): Said => ({
  outcome: 'answered',
  response: { allowed: true, patchType: 'JSONPatch', patch: encodeBase64(JSON.stringify(operations)) },
})
const label = (key: string) => patch({ op: 'add', path: `/metadata/labels/${key}`, value: 'yes' })

/** What comes of a ConfigMap, who was asked, and the warnings. */
function admitted(configured: KubeObject, says: Readonly<Record<string, Said>>, labels: Record<string, string> = {}) {
  const asked: string[] = []
  const warnings: string[] = []
  const context = strategyContext([configured])
  const request: AdmissionRequest = {
    ...context,
    operation: 'CREATE',
    kind: configMap,
    subresource: undefined,
    namespace: 'default',
    name: 'a',
    object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'default', labels } },
    old: undefined,
    kindOf: () => undefined,
    warn: (text) => void warnings.push(text),
  }
  const fetch = (_from: unknown, url: string): Exchange => {
    const { hostname } = /^https:\/\/(?<hostname>[^/]+)/.exec(url)?.groups ?? {}
    asked.push(hostname ?? '')
    const { outcome, response } = says[hostname ?? ''] ?? { outcome: 'refused' }
    const body = JSON.stringify({ kind: 'AdmissionReview', response })
    return {
      outcome,
      latencyMs: 1,
      trace: { from: host, to: url, at: 0, hops: [], outcome },
      ...(response && { response: { status: 200, reason: 'OK', headers: [], body } }),
    }
  }
  const plugin = mutatingWebhooks({ network: () => ({ fetch }), host })
  return { object: plugin.admit?.(request), asked, warnings }
}

it('each webhook sees what the ones before it made', () => {
  const twice = patch(
    { op: 'test', path: '/metadata/labels/first', value: 'yes' },
    { op: 'add', path: '/data', value: { b: '2' } },
  )
  const { object, asked } = admitted(configuration(webhook('one'), webhook('two')), { one: label('first'), two: twice })
  expect(asked).toEqual(['one', 'two'])
  expect(object).toMatchObject({ metadata: { labels: { first: 'yes' } }, data: { b: '2' } })
})

it('a webhook that wishes it is asked again after a later change, and only then', () => {
  const again = webhook('one', { reinvocationPolicy: 'IfNeeded' })
  const says = { one: label('first'), two: label('second') }
  expect(admitted(configuration(again, webhook('two')), says).asked).toEqual(['one', 'two', 'one'])
  expect(admitted(configuration(webhook('two'), again), says).asked).toEqual(['two', 'one'])
})

it('webhooks are asked about what their rules, selectors and conditions name', () => {
  const elsewhere = [{ apiGroups: ['apps'], apiVersions: ['v1'], operations: ['*'], resources: ['*'] }]
  const all = configuration(
    webhook('rules', { rules: elsewhere }),
    webhook('selector', { objectSelector: { matchLabels: { tier: 'a' } } }),
    webhook('condition', { matchConditions: [{ name: 'named', expression: 'object.metadata.name == "b"' }] }),
  )
  expect(admitted(all, {}).asked).toEqual([])
  expect(admitted(all, { selector: label('x') }, { tier: 'a' }).asked).toEqual(['selector'])
})

it('a webhook that says nothing fails the request, unless it may', () => {
  expect(() => admitted(configuration(webhook('one')), {})).toThrow(
    /^Internal error occurred: failed calling webhook "one": failed to call webhook: Post "https:\/\/one\/\?timeout=10s": dial tcp/,
  )
  expect(admitted(configuration(webhook('one', { failurePolicy: 'Ignore' })), {}).object).toBeUndefined()
})

it('a webhook refuses and warns in its own words', () => {
  const no: Said = { outcome: 'answered', response: { allowed: false, status: { message: 'no', code: 400 } } }
  expect(() => admitted(configuration(webhook('one')), { one: no })).toThrow(
    'admission webhook "one" denied the request: no',
  )
  const mute: Said = { outcome: 'answered', response: { allowed: false } }
  expect(() => admitted(configuration(webhook('one')), { one: mute })).toThrow(
    'admission webhook "one" denied the request without explanation',
  )
  const warns: Said = { outcome: 'answered', response: { allowed: true, warnings: ['old'] } }
  expect(admitted(configuration(webhook('one')), { one: warns })).toMatchObject({
    object: undefined,
    warnings: ['old'],
  })
})
