"""How is it printed? Text, Markdown, spreadsheet, citation, concordance, JSON."""
