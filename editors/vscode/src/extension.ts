// factlint in VS Code: starts `factlint lsp`, and shows its list of facts as a document beside the draft.

import * as os from "node:os";
import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";
import { command, failure, isFacts, selector, summary, type Settings } from "./logic";

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
    context.subscriptions.push(
        vscode.commands.registerCommand("factlint.listFacts", listFacts),
        vscode.commands.registerCommand("factlint.restart", restart),
        vscode.workspace.onDidChangeConfiguration((change) => {
            if (change.affectsConfiguration("factlint")) {
                void restart();
            }
        }),
        vscode.workspace.onDidGrantWorkspaceTrust(() => void restart()),
    );
    await start();
}

export async function deactivate(): Promise<void> {
    await stop();
}

async function stop(): Promise<void> {
    const old = client;
    client = undefined;
    await old?.stop().catch(() => undefined);
}

async function restart(): Promise<void> {
    await stop();
    await start();
}

async function start(): Promise<void> {
    const settings = readSettings();
    const place = { home: os.homedir(), workspaceFolder: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath };
    const run = command(settings, place);
    const server: ServerOptions = { run, debug: run };
    const options: LanguageClientOptions = {
        documentSelector: selector(settings),
        middleware: {
            // The lens above a draft runs the server's command; its answer is to be seen.
            executeCommand: async (name, args, next) => {
                const answer: unknown = await next(name, args);
                if (isFacts(answer)) {
                    await show(answer.markdown, summary(answer));
                }
                return answer;
            },
        },
    };
    const started = new LanguageClient("factlint", "factlint", server, options);
    client = started;
    try {
        await started.start();
    } catch (error) {
        client = undefined;
        void vscode.window.showErrorMessage(failure(run.command, error));
    }
}

function readSettings(): Settings {
    const settings = vscode.workspace.getConfiguration("factlint");
    return {
        path: settings.get("path", "factlint"),
        rules: settings.get("rules", []),
        languages: settings.get("languages", ["markdown", "plaintext", "html"]),
    };
}

async function listFacts(): Promise<void> {
    const draft = vscode.window.activeTextEditor?.document;
    if (!draft || !client) {
        void vscode.window.showInformationMessage("Open a draft to list its facts.");
        return;
    }
    const params = { command: "factlint.facts", arguments: [client.code2ProtocolConverter.asUri(draft.uri)] };
    const answer: unknown = await client.sendRequest("workspace/executeCommand", params);
    if (isFacts(answer)) {
        await show(answer.markdown, summary(answer));
    }
}

async function show(markdown: string, line: string): Promise<void> {
    const list = await vscode.workspace.openTextDocument({ language: "markdown", content: markdown });
    await vscode.window.showTextDocument(list, { viewColumn: vscode.ViewColumn.Beside, preview: true });
    vscode.window.setStatusBarMessage(`factlint: ${line}`, 5000);
}
