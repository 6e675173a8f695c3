// Starts the server that the settings name, and lets the lenses above a rule show what the server answers.
import * as vscode from "vscode";
import { LanguageClient, ServerOptions } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("规矩 Guiju");
  context.subscriptions.push(
    output,
    vscode.commands.registerCommand("guiju.restart", restart),
    vscode.commands.registerCommand("guiju.showTrace", () => evaluateAtCursor(output)),
    vscode.commands.registerCommand("guiju.references", showReferences),
  );
  await start(output);
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

async function start(output: vscode.OutputChannel): Promise<void> {
  const words = vscode.workspace.getConfiguration("guiju").get<string[]>("command") ?? ["guiju", "lsp"];
  const [command, ...args] = words;
  const server: ServerOptions = { command, args };
  client = new LanguageClient("guiju", "规矩 Guiju", server, {
    documentSelector: [{ language: "guiju" }, { language: "yaml", pattern: "**/*.cases.yaml" }],
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher("**/*.{gj,cases.yaml}") },
    middleware: { executeCommand: (name, given, next) => execute(output, name, given, next) },
  });
  try {
    await client.start();
  } catch (error) {
    void vscode.window.showErrorMessage(`${words.join(" ")}: ${error}. Install guiju[lsp] or set guiju.command.`);
  }
}

async function restart(): Promise<void> {
  await client?.restart();
}

type Next = (name: string, given: unknown[]) => vscode.ProviderResult<unknown>;

async function execute(output: vscode.OutputChannel, name: string, given: unknown[], next: Next): Promise<unknown> {
  if (name === "guiju.evaluate" && given.length === 2) {
    const chosen = await vscode.window.showOpenDialog({ canSelectMany: false, title: String(given[1]) });
    if (chosen === undefined) return undefined;
    given = [...given, chosen[0].toString(), ""];
  }
  const answer = await next(name, given);
  if (answer !== undefined && answer !== null) {
    output.appendLine(JSON.stringify(answer, null, 2));
    output.show(true);
  }
  return answer;
}

async function evaluateAtCursor(output: vscode.OutputChannel): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || client === undefined) return;
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", editor.document.uri, 100);
  const above = lenses.filter((one) => one.command?.command === "guiju.evaluate" && one.range.start.line <= editor.selection.active.line);
  const last = above.at(-1)?.command;
  if (last !== undefined) await vscode.commands.executeCommand(last.command, ...(last.arguments ?? []));
  else output.appendLine("no rule here");
}

async function showReferences(uri: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return;
  await vscode.commands.executeCommand("references-view.findReferences", vscode.Uri.parse(uri), editor.selection.active);
}
