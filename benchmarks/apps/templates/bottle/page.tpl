<!doctype html>
<html>
<head><meta charset="utf-8"><title>A page</title></head>
<body>
<h1>Welcome back</h1>
<p>Visits: <b id="visits">{{ visits }}</b></p>
<p>Your note: <b id="note">{{ note }}</b></p>
<table>
<tr><th>id</th><th>random number</th></tr>
<tr><td id="row">{{ world["id"] }}</td><td id="number">{{ world["randomNumber"] }}</td></tr>
</table>
<form method="post">
<input type="hidden" name="{{ csrf_name }}" value="{{ csrf_token }}">
<label>Note <input name="note" maxlength="80" value="{{ note }}"></label>
<button>Save</button>
</form>
</body>
</html>
