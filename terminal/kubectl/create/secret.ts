import { defineSubcommand } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { defineGenerator } from './generate.ts'
import { FILE_SOURCE_FLAGS, HASH_FLAG, readSources, SOURCE_FLAGS } from './sources.ts'

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')

const generic = defineGenerator({
  name: 'generic',
  summary: 'Create a secret from a local file, directory, or literal value',
  usage: 'NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
  examples: ['# A password', 'kubectl create secret generic db --from-literal=password=s3cret'],
  flags: { ...SOURCE_FLAGS, type: { kind: 'string', default: '', summary: "The secret's type." } },
  resource: 'secrets',
  failure: 'failed to create secret',
  build: async (name, invocation) => {
    const data = [...(await readSources(invocation, `Secret ${JSON.stringify(name)}`))].map(
      ([key, value]) => [key, base64(value)] as const,
    )
    const type = invocation.flags.optional('type')
    return { ...(data.length > 0 && { data: Object.fromEntries(data) }), metadata: { name }, ...(type && { type }) }
  },
})

const tls = defineGenerator({
  name: 'tls',
  summary: 'Create a TLS secret',
  usage: 'NAME --cert=path/to/cert/file --key=path/to/key/file [--dry-run=server|client|none]',
  flags: {
    ...HASH_FLAG,
    cert: { kind: 'string', default: '', summary: 'PEM file with the certificate.', completes: 'file' },
    key: { kind: 'string', default: '', summary: "PEM file with the certificate's private key.", completes: 'file' },
  },
  resource: 'secrets',
  failure: 'failed to create secret',
  build: async (name, { context, flags }) => {
    const [cert, key] = [flags.string('cert'), flags.string('key')]
    if (cert === '' || key === '') throw new KubectlError('key and cert must be specified')
    const read = async (path: string) => {
      const text = await context.files.read(path)
      if (text === undefined)
        throw new KubectlError(`Cannot read file ${path}, open ${path}: no such file or directory`)
      return text
    }
    const certText = await read(cert)
    if (!certText.includes('-----BEGIN'))
      throw new KubectlError('tls: failed to find any PEM data in certificate input')
    return {
      data: { 'tls.crt': base64(certText), 'tls.key': base64(await read(key)) },
      metadata: { name },
      type: 'kubernetes.io/tls',
    }
  },
})

const dockerRegistry = defineGenerator({
  name: 'docker-registry',
  summary: 'Create a secret for use with a Docker registry',
  usage:
    'NAME --docker-username=user --docker-password=password --docker-email=email [--docker-server=string] [--from-file=[key=]source] [--dry-run=server|client|none]',
  flags: {
    ...FILE_SOURCE_FLAGS,
    'docker-email': { kind: 'string', default: '', summary: 'Email at the registry.' },
    'docker-password': { kind: 'string', default: '', summary: 'Password at the registry.' },
    'docker-server': { kind: 'string', default: 'https://index.docker.io/v1/', summary: 'Address of the registry.' },
    'docker-username': { kind: 'string', default: '', summary: 'User name at the registry.' },
  },
  resource: 'secrets',
  failure: 'failed to create secret',
  build: async (name, invocation) => {
    const { flags } = invocation
    const files = await readSources(invocation, `Secret ${JSON.stringify(name)}`)
    if (files.size > 0) {
      const data = Object.fromEntries([...files].map(([key, value]) => [key, base64(value)]))
      return { data, metadata: { name }, type: 'kubernetes.io/dockerconfigjson' }
    }
    const [username, password, email] = ['docker-username', 'docker-password', 'docker-email'].map((f) =>
      flags.string(f),
    )
    if (!username || !password)
      throw new KubectlError(
        'either --from-file or the combination of --docker-username, --docker-password and --docker-server is required',
      )
    const entry = { username, password, ...(email && { email }), auth: base64(`${username}:${password}`) }
    const config = JSON.stringify({ auths: { [flags.string('docker-server')]: entry } })
    return { data: { '.dockerconfigjson': base64(config) }, metadata: { name }, type: 'kubernetes.io/dockerconfigjson' }
  },
})

/** `kubectl create secret …` */
export const createSecret = defineSubcommand({
  name: 'secret',
  usage: '(docker-registry | generic | tls)',
  summary: 'Create a secret using a specified subcommand',
  subcommands: [generic, tls, dockerRegistry],
})
