"""Our search for other people's pages: `/embed`, and the document of a frame, `/embed/form`.

Both lead to the pages without a script (`channels.text`), which answer.
Not for: any rule or wording, or who may show the frame (`channels.shell.embedding`).
"""
