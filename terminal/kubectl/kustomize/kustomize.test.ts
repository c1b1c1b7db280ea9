import { describe, expect, it } from 'vitest'
import { printYaml } from '../yaml/print.ts'
import { buildKustomization } from './build.ts'

function filesOf(tree: { readonly [path: string]: string }) {
  const paths = Object.keys(tree).map((path) => `/${path}`)
  return {
    read: async (path: string) => tree[path.slice(1)],
    list: async () => [],
    isDirectory: async (path: string) => path === '/' || paths.some((p) => p.startsWith(`${path}/`)),
  }
}
const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: c, image: "nginx:1.24", env: [{name: A, value: "1"}], envFrom: [{configMapRef: {name: settings}}]}
`
const BASE = {
  'base/web.yaml': WEB,
  'base/kustomization.yaml':
    'resources: [web.yaml]\nconfigMapGenerator:\n- {name: settings, literals: [LEVEL=debug, "Q=\'x y\'"]}',
}

async function built(kustomization: string, more: { readonly [path: string]: string } = {}): Promise<string> {
  const files = filesOf({ ...BASE, 'dev/kustomization.yaml': kustomization, ...more })
  return (await buildKustomization(files, 'dev', '/')).map((object) => printYaml(object)).join('---\n')
}

describe('kustomizations', () => {
  it('give generated objects the hash that kubectl kustomize gives them', async () => {
    const text = await built('resources: [../base]\nnamePrefix: dev-\nnamespace: dev')
    // Made with kubectl 1.33.
    expect(text.match(/name: dev-settings-65k995c9dd\n/g)).toHaveLength(2)
    expect(text.match(/namespace: dev\n/g)).toHaveLength(2)
  })

  it('change labels, images and replicas', async () => {
    const text = await built(
      'resources: [../base]\nlabels: [{pairs: {env: dev}, includeSelectors: true}]\nimages: [{name: nginx, newTag: "1.25"}]\nreplicas: [{name: web, count: 3}]',
    )
    expect(text.match(/env: dev\n/g)).toHaveLength(4)
    expect(text).toContain('image: nginx:1.25\n')
    expect(text).toContain('replicas: 3\n')
  })

  it('merge patches by the keys of lists, and apply operations to targets', async () => {
    const text = await built('resources: [../base]\npatches: [{path: p.yaml}, {path: o.yaml, target: {kind: Dep.*}}]', {
      'dev/p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: c, env: [{name: B, value: x}]}, {name: side, image: busybox}]}}}',
      'dev/o.yaml': '- {op: replace, path: /spec/template/spec/containers/0/env/1/value, value: "2"}',
    })
    expect(text).toMatch(/name: B\n\s+value: x\n\s+- name: A\n\s+value: "2"\n/)
    expect(text).toMatch(/image: busybox\n\s+name: side\n/)
  })

  it('merge generators, take in components and copy values', async () => {
    const text = await built(
      `resources: [../base]
components: [../extra]
configMapGenerator: [{name: settings, behavior: merge, literals: [LEVEL=info]}]
replacements:
- source: {kind: Deployment, name: web}
  targets: [{select: {kind: Deployment}, fieldPaths: ['spec.template.spec.containers.[name=c].env.[name=A].value']}]`,
      { 'extra/kustomization.yaml': 'kind: Component\ncommonAnnotations: {by: component}' },
    )
    for (const line of ['LEVEL: info', 'Q: x y', 'by: component', 'value: web']) expect(text).toContain(line)
  })

  it.each([
    ['foo: 1', 'invalid Kustomization: json: unknown field "foo"'],
    ['', 'kustomization.yaml is empty'],
    [
      'resources: web.yaml',
      'json: cannot unmarshal string into Go struct field Kustomization.resources of type []string',
    ],
    [
      'resources: [../base/web.yaml]',
      "security; file '/base/web.yaml' is not in or below '/dev'': must build at directory: '/base/web.yaml': file is not directory",
    ],
    ['resources: [../dev]', "cycle detected: candidate root '/dev' contains visited root '/dev'"],
    ['helmCharts: []', 'the kustomization field "helmCharts" is not emulated in this cluster'],
    ['resources: [../base]\npatches: [{patch: foo}]', 'unable to parse SM or JSON patch from [patch: "foo"]'],
    [
      'resources: [../base]\nconfigMapGenerator: [{name: x, literals: [A]}]',
      'loading KV pairs: literal sources [A]: invalid literal source A, expected key=value',
    ],
  ])('refuse %j', async (kustomization, message) => {
    await expect(built(kustomization)).rejects.toThrow(message)
  })
})
