import { KubectlError } from '../errors.ts'

const NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/

/** Names of environment variables as kubectl takes them (upstream: validation.IsEnvVarName). Throws KubectlError. */
export function checkVariableName(name: string): void {
  if (NAME.test(name)) return
  throw new KubectlError(
    `${JSON.stringify(name)} is not a valid key name: a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')`,
  )
}
