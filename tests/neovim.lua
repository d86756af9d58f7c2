-- What tests/neovim.sh has neovim do: open the article, wait for diagnostics, apply a fix, hover, save. Written for
-- neovim 0.7, so with the client's own functions and push diagnostics.

local function check(condition, message)
    if not condition then
        io.stderr:write("neovim: " .. message .. "\n")
        vim.cmd("cquit 1")
    end
end

local function main()
    vim.cmd("edit " .. vim.fn.fnameescape(vim.env.ARTICLE))
    vim.bo.filetype = "text"
    local buffer = vim.api.nvim_get_current_buf()
    local id = vim.lsp.start_client({
        name = "factlint",
        cmd = { vim.env.FACTLINT, "lsp" },
        root_dir = vim.fn.fnamemodify(vim.env.ARTICLE, ":h"),
    })
    check(id, "the server does not start")
    vim.lsp.buf_attach_client(buffer, id)

    -- Neovim keeps lines from 0 and columns as bytes, whatever encoding was agreed.
    local function find(words)
        for line, text in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
            local column = text:find(words, 1, true)
            if column then
                return line - 1, column - 1
            end
        end
    end
    local line, column = find("Wednesday (188)")
    local wrong
    vim.wait(30000, function()
        for _, diagnostic in ipairs(vim.diagnostic.get(buffer)) do
            if diagnostic.lnum == line and diagnostic.col == column then
                wrong = diagnostic
            end
        end
        return wrong ~= nil
    end, 50)
    check(wrong, "no diagnostic at “Wednesday (188)”")
    check(wrong.source == "factlint" and wrong.message:find("18th", 1, true), "another message: " .. wrong.message)
    local count = #vim.diagnostic.get(buffer, { severity = { min = vim.diagnostic.severity.WARN } })
    check(count >= 18, "only " .. count .. " diagnostics")

    local client = vim.lsp.get_client_by_id(id)
    vim.api.nvim_win_set_cursor(0, { line + 1, column + 2 })
    local params = vim.lsp.util.make_range_params(0, client.offset_encoding)
    params.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(buffer, line) }
    local answer = client.request_sync("textDocument/codeAction", params, 30000, buffer)
    check(answer and answer.result, "no code actions")
    local action
    for _, one in ipairs(answer.result) do
        if one.title == "Change 188 to 18" then
            action = one
        end
    end
    check(action, "no action “Change 188 to 18” among " .. vim.inspect(answer.result))
    vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
    local _, there = find("Wednesday (18)")
    check(there == column, "the buffer does not say “Wednesday (18)”")

    check(vim.wait(30000, function()
        for _, diagnostic in ipairs(vim.diagnostic.get(buffer)) do
            if diagnostic.lnum == line and diagnostic.col == column then
                return false
            end
        end
        return true
    end, 50), "the diagnostic stays after its fix")

    local hover = client.request_sync(
        "textDocument/hover",
        vim.lsp.util.make_position_params(0, client.offset_encoding),
        30000,
        buffer
    )
    check(hover and hover.result and hover.result.contents, "no hover on the date")
    check(hover.result.contents.value:find("Wednesday the 18th", 1, true), "another hover: " .. vim.inspect(hover.result))
    vim.cmd("silent write")
    vim.lsp.stop_client(id)
    vim.wait(5000, function()
        return vim.lsp.get_client_by_id(id) == nil
    end, 20)
end

local good, why = xpcall(main, debug.traceback)
check(good, tostring(why))
vim.cmd("qall!")
