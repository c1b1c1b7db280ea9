import { describe, expect, it } from 'vitest'
import type { KubeObject } from './api/types.ts'
import type { ManagedFieldsEntry } from './generated/types.ts'
import { deploymentManifest, paths, podManifest, testCluster } from './testing/test-cluster.ts'

const entries = (object: unknown): readonly ManagedFieldsEntry[] => (object as KubeObject).metadata?.managedFields ?? []
const owned = (object: unknown, manager: string, subresource?: string): unknown =>
  entries(object).find((entry) => entry.manager === manager && entry.subresource === subresource)?.fieldsV1

describe('managedFields', () => {
  it('of a Pod hold its defaults, and nothing that admission, the strategy or a binding added', () => {
    const { create, settle, get } = testCluster()
    create(paths.pods, podManifest('a'))
    settle()
    const pod = get(`${paths.pods}/a`)
    const set = JSON.stringify(entries(pod).map(({ fieldsV1 }) => fieldsV1))
    for (const defaulted of ['dnsPolicy', 'restartPolicy', 'imagePullPolicy', 'terminationMessagePath'])
      expect(set).toContain(`"f:${defaulted}":{}`)
    for (const added of ['volumes', 'tolerations', 'serviceAccount', 'priority', 'nodeName', 'qosClass'])
      expect(set).not.toContain(`"f:${added}"`)
    expect(set).not.toContain('PodScheduled')
    expect(owned(pod, 'kubelet', 'status')).toMatchObject({ 'f:status': { 'f:phase': {} } })
  })

  it('of a Deployment name the places of pointers, and not those that are always there', () => {
    const { create, get } = testCluster()
    create(paths.deployments, deploymentManifest('web', 1))
    const [entry] = entries(get(`${paths.deployments}/web`))
    expect(entry?.fieldsV1).toMatchObject({
      'f:spec': {
        'f:strategy': { 'f:rollingUpdate': { '.': {}, 'f:maxSurge': {}, 'f:maxUnavailable': {} }, 'f:type': {} },
        'f:template': { 'f:metadata': { 'f:labels': { '.': {} } } },
      },
    })
    const text = JSON.stringify(entry?.fieldsV1)
    expect(text).toContain('"f:containers":{"k:{')
    expect(text).toContain('"f:template":{"f:metadata"')
    expect(text).not.toContain('f:status')
  })

  it('of a Service leave out its addresses', () => {
    const { create, get } = testCluster()
    const spec = { ports: [{ port: 80 }], selector: { app: 'web' } }
    create(paths.services, { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec })
    expect(entries(get(`${paths.services}/web`))[0]?.fieldsV1).toEqual({
      'f:spec': {
        'f:internalTrafficPolicy': {},
        'f:ports': {
          '.': {},
          'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:port': {}, 'f:protocol': {}, 'f:targetPort': {} },
        },
        'f:selector': {},
        'f:sessionAffinity': {},
        'f:type': {},
      },
    })
  })
})
