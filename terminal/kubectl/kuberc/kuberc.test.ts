import { beforeAll, describe, expect, it } from 'vitest'
import { type Replay, replay } from '../testing/replay.ts'

const file = (text: string, version = 'v1beta1') =>
  `cat > rc <<'END'\napiVersion: kubectl.config.k8s.io/${version}\nkind: Preference\n${text}\nEND`
const APPLYING = 'error occurred while applying preferences '

describe('a kuberc file', () => {
  let shell: Replay
  beforeAll(async () => {
    shell = replay('kuberc')
    await shell.run('kubectl create cm one; mkdir -p .kube')
  })
  const answer = async (rc: string, line: string, version?: string) => {
    await shell.run(file(rc, version))
    return shell.text(line)
  }

  it.each([
    // As kubectl 1.33 answers with the same file as v1alpha1.
    [
      'aliases: [{name: raw, command: nosuch}]',
      'raw --kuberc rc',
      'command "nosuch" not found to set alias "raw": [nosuch]',
    ],
    [
      'aliases: [{name: r-w, command: get}]',
      'version --kuberc rc',
      'invalid alias name, can only include alphabetical characters',
    ],
    ['aliases: [{name: a, command: get}, {name: a, command: get}]', 'a --kuberc rc', 'duplicate alias name a'],
    [
      'aliases: [{name: raw, command: config view, options: [{name: nosuch, default: x}]}]',
      'raw --kuberc rc',
      'invalid alias flag nosuch in alias kubectl',
    ],
    [
      'defaults: [{command: config view, options: [{name: nosuch, default: x}]}]',
      'config view --kuberc rc',
      'invalid flag nosuch for command config view',
    ],
    [
      'defaults: [{command: config view, options: [{name: minify, default: json}]}]',
      'config view --kuberc rc',
      'could not apply override value json to flag minify in command config view err: invalid argument "json" for "--minify" flag: strconv.ParseBool: parsing "json": invalid syntax',
    ],
    [
      'defaults: [{command: config view, options: [{name: --minify, default: json}]}]',
      'version --kuberc rc',
      'flag name --minify should be in long form without dashes',
    ],
    [
      'aliases: [{name: raw, command: config view}]\ndefaults: [{command: raw, options: []}]',
      'raw --kuberc rc',
      'alias raw can not be overridden',
    ],
    ['credentialPluginPolicy: Never', 'version --kuberc rc', 'unknown plugin policy: "Never"'],
    [
      'credentialPluginPolicy: Allowlist',
      'version --kuberc rc',
      'credential plugin policy set to "Allowlist", but allowlist is unspecified',
    ],
    [
      'aliases: 3',
      'version --kuberc rc',
      'kuberc error kuberc: no valid preferences found in rc, use --v=5 to see details',
    ],
    ['', 'version --kuberc nosuch', 'kuberc error kuberc: open nosuch: no such file or directory'],
    ['', 'version --kuberc=', 'kuberc file is not found'],
    ['', 'version --kuberc /', 'kuberc error kuberc: read /: is a directory'],
  ])('with %s, kubectl %s is told', async (rc, line, message) => {
    expect(await answer(rc, `kubectl ${line}`)).toBe(`${APPLYING}${message}\n`)
  })

  it('gives flags other defaults, which what is typed overrides', async () => {
    const rc = 'defaults: [{command: get, options: [{name: output, default: name}]}]'
    expect(await answer(rc, 'kubectl get cm one --kuberc rc')).toBe('configmap/one\n')
    expect(await shell.text('kubectl get cm one --kuberc rc -o jsonpath={.metadata.name}')).toBe('one')
    expect(await shell.text('KUBERC=rc kubectl get cm one')).toBe('configmap/one\n')
    expect(await shell.text('KUBERC=rc KUBECTL_KUBERC=false kubectl get cm one')).toContain('DATA')
    expect(await shell.text('KUBERC=off kubectl get cm one --kuberc rc')).toBe(
      `${APPLYING}kuberc error disabling kuberc via KUBERC=off and passing kuberc flag are mutually exclusive\n`,
    )
    expect(await shell.text('KUBERC=off kubectl get cm one')).toContain('DATA')
  })

  it('makes aliases of commands, with arguments before and behind what is typed', async () => {
    const alias = (name: string, fields: string) => `- {name: ${name}, ${fields}}`
    const rc = [
      'aliases:',
      alias('getc', 'command: get, prependArgs: [cm], options: [{name: output, default: name}]'),
      alias('mk', 'command: create configmap, appendArgs: [--dry-run=client]'),
      alias('make', 'command: create, prependArgs: [cm]'),
    ].join('\n')
    await shell.run(file(rc))
    await shell.run('cp rc .kube/kuberc')
    expect(await shell.text('kubectl getc one')).toBe('configmap/one\n')
    expect(await shell.text('kubectl getc one -ojsonpath={.kind}')).toBe('ConfigMap')
    expect(await shell.text('kubectl mk x')).toBe('configmap/x created (dry run)\n')
    expect(await shell.text('kubectl make x --dry-run=client')).toBe('configmap/x created (dry run)\n')
    expect(await shell.text('kubectl mk')).toContain("See 'kubectl mk -h' for help and examples\n")
    expect(await shell.text('kubectl make')).toContain("See 'kubectl create configmap -h' for help and examples\n")
    expect(await shell.text('kubectl -n x getc')).toBe('Error: flags cannot be placed before plugin name: -n\n')
    expect(await shell.text('KUBERC=off kubectl getc')).toContain('error: unknown command "getc" for "kubectl"\n')
    await shell.run('rm .kube/kuberc')
  })

  it('says what it passes over, and reads the older format', async () => {
    expect(
      await answer('foo: 1\naliases: [{name: a, command: get, x: 1}]', 'kubectl get cm one -o name --kuberc rc'),
    ).toBe(
      'configmap/one\nkuberc: ignoring strict decoding error in rc: strict decoding error: unknown field "aliases[0].x", unknown field "foo"',
    )
    expect(
      await answer('overrides: [{command: nosuch, flags: []}]', 'kubectl get cm one -o name --kuberc rc', 'v1alpha1'),
    ).toBe('configmap/one\nWarning: command "nosuch" not found to set kuberc override\n')
    await shell.run('echo "kind: Config" > .kube/kuberc')
    expect(await shell.text('kubectl get cm one -o name')).toBe(
      'configmap/one\nkuberc: no preferences loaded from /root/.kube/kuberc: no valid preferences found in /root/.kube/kuberc, use --v=5 to see details',
    )
    await shell.run('rm .kube/kuberc')
  })

  it('is made and shown by kubectl kuberc', async () => {
    const set = 'kubectl kuberc set --section'
    const lines = [
      `${set} defaults --command get --option output=wide`,
      `${set} aliases --name getn --command get --prependarg nodes --option -output=name`,
      `${set} credentialplugin --policy Allowlist --allowlist-entry command=/usr/bin/login`,
    ]
    expect(await shell.text(lines.join('; '))).toBe('Updated /root/.kube/kuberc\n'.repeat(3))
    expect(await shell.text('kubectl kuberc view')).toBe(`aliases:
- command: get
  name: getn
  options:
  - default: name
    name: output
  prependArgs:
  - nodes
apiVersion: kubectl.config.k8s.io/v1beta1
credentialPluginAllowlist:
- command: /usr/bin/login
credentialPluginPolicy: Allowlist
defaults:
- command: get
  options:
  - default: wide
    name: output
kind: Preference
`)
    expect(await shell.text(lines[0] ?? '')).toBe(
      'error: defaults for command "get" already exist, use --overwrite to replace\n',
    )
    expect(await shell.text(`${lines[1]} --overwrite; kubectl getn`)).toContain('node/controlplane\n')
    expect(await shell.text(`${set} aliases --command get`)).toBe('error: --name is required when --section=aliases\n')
    expect(await shell.text(`${set} x`)).toBe(
      'error: --section must be "defaults", "aliases", or "credentialplugin", got: x\n',
    )
    expect(await shell.text('rm .kube/kuberc; echo y | kubectl kuberc view; cat .kube/kuberc')).toContain(
      '(y/N): Updated /root/.kube/kuberc\naliases: null\n',
    )
    expect(await shell.text('KUBERC=off kubectl kuberc view; kubectl kuberc view --kuberc x')).toBe(
      'error: KUBERC is disabled via KUBERC=off environment variable\n' +
        `${APPLYING}kuberc error kuberc: open x: no such file or directory\n`,
    )
    await shell.run('rm .kube/kuberc')
  })
})
