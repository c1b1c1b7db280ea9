/** A new learner's way in each language: lesson, the note's commands, an exercise failed and passed, a quiz. */
import { expect, type Page, test } from '@playwright/test'
import { openExercise } from './support/exercise.ts'
import { TerminalPage } from './support/terminal.ts'
import { type Language, quiz, textIn, words } from './support/words.ts'

const languages: readonly Language[] = ['ko', 'en']

for (const language of languages) {
  const say = words(language)

  test.describe(`a learner who reads ${language}`, () => {
    test.use({ locale: language === 'ko' ? 'ko-KR' : 'en-US', viewport: { width: 1440, height: 900 } })

    test('is sent to their language and may switch it for good', async ({ page }) => {
      await page.goto('/')
      await expect(page).toHaveURL(new RegExp(`/${language}$`))
      const other = language === 'ko' ? 'en' : 'ko'
      await page
        .getByRole('link', { name: say(`language.${other}`) })
        .first()
        .click()
      await expect(page).toHaveURL(new RegExp(`/${other}$`))
      await page.goto('/')
      await expect(page).toHaveURL(new RegExp(`/${other}$`))
    })

    test('types the commands of the note beside the lesson', async ({ page }) => {
      await page.goto(`/${language}`)
      await page
        .getByRole('link', { name: say('home.start') })
        .first()
        .click()
      await expect(page).toHaveURL(/lessons\/why-services/)
      await page.goto(`/${language}/lessons/nodeport`)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      const terminal = new TerminalPage(page)
      await terminal.ready()

      expect(await terminal.run('kubectl create -f service-definition.yml')).toBe('service/myapp-service created')
      expect(await terminal.run('kubectl create -f pod-definition.yml')).toBe('pod/myapp-pod created')
      expect(await terminal.run('kubectl get services')).toMatch(
        /^NAME +TYPE +CLUSTER-IP[\s\S]*myapp-service +NodePort +10\.\S+ +<none> +80:30008\/TCP/,
      )
      await expect.poll(() => terminal.run('kubectl get pods'), { timeout: 15_000 }).toMatch(/myapp-pod +1\/1 +Running/)
      // kube-proxy writes its rules a moment after the Pod is ready.
      await expect
        .poll(() => terminal.run('curl -s http://192.168.1.2:30008 | grep title'), { timeout: 15_000 })
        .toBe('<title>Welcome to nginx!</title>')

      const podIP = await terminal.run('kubectl get pod myapp-pod -o jsonpath=\'{.status.podIP}{"\\n"}\'')
      expect(podIP).toMatch(/^10\.244\.\d+\.\d+$/)
      expect(await terminal.run(`curl -m 2 -sS http://${podIP}`)).toMatch(/curl: \(28\) .*timed out/)
      const cluster = page.getByRole('region', { name: say('workspace.cluster'), exact: true })
      await expect(cluster.getByText(say('trace.timed-out')).first()).toBeVisible()

      await terminal.run('ssh controlplane', /controlplane:~#$/)
      expect(await terminal.run(`curl -s http://${podIP} | grep title`)).toContain('Welcome to nginx!')
      expect(await terminal.run('curl -s http://192.168.1.2:30008 | grep title')).toContain('Welcome to nginx!')
      await terminal.run('exit', /laptop:~\$$/)
      expect(await terminal.run('kubectl describe service kubernetes | grep TargetPort')).toMatch(
        /TargetPort: +6443\/TCP/,
      )
      expect(await terminal.run('curl http://192.168.1.2.:30008')).toBe(
        'curl: (6) Could not resolve host: 192.168.1.2.',
      )
    })

    test('edits the file with vi and meets the range of node ports', async ({ page }) => {
      await page.goto(`/${language}/lessons/nodeport`)
      const terminal = new TerminalPage(page)
      await terminal.ready()
      await terminal.focus()
      await page.keyboard.type('vi service-definition.yml\n')
      const editor = page.locator('.cm-content')
      await expect(editor).toContainText('nodePort: 30008')
      await editor.click()
      await page.keyboard.type(':%s/30008/8080/')
      await page.keyboard.press('Enter')
      await expect(editor).toContainText('nodePort: 8080')
      await page.keyboard.type(':wq')
      await page.keyboard.press('Enter')
      await expect(editor).toBeHidden()
      await terminal.ready()
      expect((await terminal.run('kubectl create -f service-definition.yml')).replace(/\s/g, '')).toContain(
        'Therangeofvalidportsis30000-32767',
      )
    })

    test('runs a code block of the lesson in the terminal', async ({ page }) => {
      await page.goto(`/${language}/lessons/nodeport`)
      const terminal = new TerminalPage(page)
      await terminal.ready()
      await page
        .getByRole('button', { name: say('lesson.run') })
        .first()
        .click()
      await expect.poll(() => terminal.screen()).toContain('kind: Pod')
    })

    test('fails an exercise, reads why, and passes it', async ({ page }) => {
      const { terminal, app, check } = await openExercise(page, `/${language}/exercises/type-left-to-default`, say)
      await terminal.run(`kubectl expose deployment ${app} --port=8080`)
      await check.click()
      await expect(page.getByText('8080 → 8080/TCP')).toBeVisible()
      await expect(page.getByText('80 → 80/TCP', { exact: true })).toBeVisible()
      await expect(page.getByText(say('exercise.full'))).toBeHidden()
      await page.reload()
      await expect(page.getByText('8080 → 8080/TCP')).toBeVisible()

      await terminal.ready()
      await terminal.run(`kubectl delete service ${app}`)
      await terminal.run(`kubectl expose deployment ${app} --port=80`)
      await check.click()
      await expect(page.getByText(say('exercise.full'))).toBeVisible()
    })

    test('answers the quiz and sees the result', async ({ page }) => {
      await page.goto(`/${language}/quizzes/nodeport`)
      const { questions } = quiz('nodeport')
      for (const [i, question] of questions.entries()) {
        await expect(page.getByText(textIn(language, question.prompt).replace(/`/g, ''))).toBeVisible()
        await answer(page, language, question)
        await expect(page.getByText(say('quiz.right'), { exact: true }).first()).toBeVisible()
        await page.getByRole('button', { name: say(i + 1 < questions.length ? 'quiz.next' : 'quiz.summary') }).click()
      }
      await expect(page.getByText(say('quiz.resultAll'))).toBeVisible()
      await page.reload()
      await expect(page.getByText(say('quiz.resultAll'))).toBeVisible()
    })
  })

  async function answer(
    page: Page,
    locale: Language,
    question: ReturnType<typeof quiz>['questions'][number],
  ): Promise<void> {
    if (question.kind === 'short') await page.getByRole('textbox').fill(question.accept?.[0] ?? '')
    else if (question.kind === 'ordering')
      await putInOrder(
        page,
        (question.items ?? []).map((item) => textIn(locale, item.text)),
      )
    else
      for (const option of question.options ?? [])
        if (option.correct || (question.kind === 'output' && printed.has(textIn(locale, option.text))))
          await page.getByLabel(textIn(locale, option.text).replace(/`/g, ''), { exact: true }).check()
    await page.getByRole('button', { name: say('quiz.answer'), exact: true }).click()
  }

  async function putInOrder(page: Page, order: readonly string[]): Promise<void> {
    const nameOf = (text: string) => say('quiz.up').replace('{item}', text)
    const upButtons = page.getByRole('button', { name: new RegExp(`^${nameOf('.+')}$`) })
    const placeOf = async (text: string) => {
      const names = await upButtons.evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label')))
      return names.indexOf(nameOf(text))
    }
    for (const [position, text] of order.entries())
      while ((await placeOf(text)) > position)
        await page.getByRole('button', { name: nameOf(text), exact: true }).click()
  }
}

/** What the emulator prints for the quiz's questions about output; curriculum's tests prove it. */
const printed = new Set([
  '443 6443',
  'error: failed to create NodePort service: Service "second" is invalid: spec.ports[0].nodePort: Invalid value: 30008: provided port is already allocated',
])
