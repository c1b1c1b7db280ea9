import { beforeAll, describe, expect, it } from 'vitest'
import { type Replay, replay } from '../testing/replay.ts'

const FILES = `cat > dep.yaml <<END
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: nginx, image: nginx}, {name: side, image: busybox}]}
END
cat > cr.yaml <<END
apiVersion: ex.com/v1
kind: Foo
metadata: {name: f}
END`
const NEEDS_FILES =
  "error: you must specify resources by --filename when --local is set.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n"

/** What a real kubectl 1.33 prints. */
describe('--local', () => {
  let shell: Replay
  beforeAll(async () => {
    shell = replay('local')
    await shell.run(FILES)
  })

  it.each([
    [`patch --local -f dep.yaml -p '{"spec":{"replicas":3}}'`, 'deployment.apps/web patched\n'],
    [`patch --local -f dep.yaml -p '{"spec":{"replicas":2}}'`, 'deployment.apps/web patched (no change)\n'],
    [
      `patch --local -f dep.yaml -p '{"spec":{"template":{"spec":{"containers":[{"name":"side","image":"x"}]}}}}' -o jsonpath='{.spec.template.spec.containers[*].image}'`,
      'nginx x',
    ],
    [
      `patch --local -f dep.yaml --type json -p '[{"op":"replace","path":"/spec/replicas","value":5}]' -o jsonpath={.spec.replicas}`,
      '5',
    ],
    [
      `patch --local -f dep.yaml --type json -p '[{"op":"remove","path":"/spec/nosuch/foo"}]'`,
      'error: remove operation does not apply: doc is missing path: "/spec/nosuch/foo": missing value\n',
    ],
    [
      `patch --local -f dep.yaml --type json -p '{}'`,
      'error: json: cannot unmarshal object into Go value of type jsonpatch.Patch\n',
    ],
    [`patch --local -f cr.yaml --type merge -p '{"a":1}' -o name`, 'foo.ex.com/f\n'],
    [
      `patch --local -f cr.yaml -p '{"a":1}'`,
      'error: strategic merge patch is not supported for ex.com/v1, Kind=Foo locally, try --type merge\n',
    ],
    [`patch --local deploy/web -p '{}'`, 'error: cannot specify --local and server resources\n'],
    ['set image --local -f dep.yaml nginx=nginx:2', 'deployment.apps/web image updated\n'],
    ['set image --local deploy/web nginx=nginx:2', NEEDS_FILES],
    [
      'set image --local -f cr.yaml a=c',
      'error: unable to decode "cr.yaml": no kind "Foo" is registered for version "ex.com/v1" in scheme "pkg/scheme/scheme.go:28"\n',
    ],
    ['set serviceaccount --local -f dep.yaml foo', 'deployment.apps/web serviceaccount updated\n'],
    ['set env --local -f dep.yaml --list', '# Deployment web, container nginx\n# Deployment web, container side\n'],
    ['label --local -f cr.yaml a=b', 'foo.ex.com/f labeled\n'],
    [
      'label --local deploy/web a=b',
      'error: can only use local files by -f pod.yaml or --filename=pod.json when --local=true is set\n',
    ],
    ['annotate --local a=b', 'error: one or more files must be specified as -f rsrc.yaml or --filename=rsrc.json\n'],
    ['wait --local deploy/web --for=delete', NEEDS_FILES],
    [
      'wait --local -f dep.yaml --for=delete',
      'panic: runtime error: invalid memory address or nil pointer dereference\n',
    ],
  ])('kubectl %s', async (words, printed) => {
    expect(await shell.text(`kubectl -s http://127.0.0.1:1 ${words}`)).toBe(printed)
  })

  it.each(['patch -p {}', 'set image a=b', 'set env a=b', 'label a=b', 'annotate a=b'])(
    'goes with no dry run of the server: %s',
    async (words) => {
      expect(await shell.text(`kubectl ${words} --local -f dep.yaml --dry-run=server`)).toBe(
        'error: cannot specify --local and --dry-run=server - did you mean --dry-run=client?\n',
      )
    },
  )

  it('prints what kubectl has read into types of its own with their zeros', async () => {
    const yaml = await shell.text('kubectl set image --local -f dep.yaml nginx=nginx:2 -o yaml')
    expect(yaml).toContain('  strategy: {}\n')
    expect(yaml).toContain('      - image: nginx:2\n        name: nginx\n        resources: {}\n')
    expect(yaml.endsWith('\nstatus: {}\n')).toBe(true)
    expect(yaml).not.toContain('namespace')
  })
})

describe('kubectl run', () => {
  const image = 'run x --image=nginx --dry-run=client'
  it.each([
    [`${image} --cascade --force --wait --timeout=3s --leave-stdin-open`, 'pod/x created (dry run)\n'],
    [`${image} --cascade=foo`, 'error: invalid cascade value (foo). Must be "background", "foreground", or "orphan"\n'],
    [`${image} --override-type=foo --overrides={}`, 'error: invalid override type: foo\n'],
    [
      `${image} --override-type=strategic --overrides='{"spec":{"containers":[{"name":"x","tty":true}]}}' -o jsonpath='{.spec.containers[0].image}'`,
      'nginx',
    ],
    [
      `${image} --override-type=json --overrides='[{"op":"add","path":"/metadata/labels/a","value":"b"}]' -o jsonpath='{.metadata.labels.a}'`,
      'b',
    ],
    [
      `${image} --overrides='{"apiVersion":"v2"}'`,
      'error: no kind "Pod" is registered for version "v2" in scheme "pkg/scheme/scheme.go:28"\n',
    ],
    [`${image} --annotations=a`, 'error: invalid annotations format: a\n'],
    [
      'run x --image=nginx -t',
      "error: -i/--stdin is required for containers with -t/--tty=true\nSee 'kubectl run -h' for help and examples\n",
    ],
  ])('kubectl %s', async (words, printed) => {
    expect(await replay('run').text(`kubectl ${words}`)).toBe(printed)
  })

  it('keeps its configuration as Go writes it', async () => {
    const shell = replay('saved')
    await shell.run('kubectl run z --image nginx --save-config')
    const path = "jsonpath='{.metadata.annotations.kubectl\\.kubernetes\\.io/last-applied-configuration}'"
    expect(await shell.text(`kubectl get pod z -o ${path}`)).toBe(
      '{"kind":"Pod","apiVersion":"v1","metadata":{"name":"z","labels":{"run":"z"}},"spec":{"containers":[{"name":"z","image":"nginx","resources":{}}],"restartPolicy":"Always","dnsPolicy":"ClusterFirst"},"status":{}}\n',
    )
  })
})
