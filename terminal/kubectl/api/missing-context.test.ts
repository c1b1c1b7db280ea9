import { expect, it } from 'vitest'
import { replay } from '../testing/replay.ts'

const CLIENT = 'error: context "nosuch" does not exist\n'
const NAMESPACE = 'Error in configuration: context was not found for specified context: nosuch\n'

// What kubectl 1.33 says.
it.each([
  ['get pods', NAMESPACE],
  ['apply -f a.yaml', CLIENT],
  ['apply view-last-applied cm a', NAMESPACE],
  ['create cm x', CLIENT],
  ['create token a', NAMESPACE],
  ['set env deploy/a a=b', CLIENT],
  ['set image deploy/a a=b', NAMESPACE],
  ['logs x', NAMESPACE],
  ['version', CLIENT],
])('--context nosuch %s', async (words, message) => {
  const shell = replay('contexts')
  expect(await shell.text(`kubectl --context nosuch ${words}`)).toBe(message)
  await shell.run('kubectl config set current-context nosuch')
  expect(await shell.text(`kubectl ${words}`)).toBe(NAMESPACE)
})
